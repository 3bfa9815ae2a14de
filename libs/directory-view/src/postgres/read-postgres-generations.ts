import type { GenerationStatus } from '#projections';
import { openPool } from '#projections-postgres';
import { GenerationTable } from './generation-table.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { ViewSchema } from './view-schema.js';

/** Statements of a few rows, which the server answers at once or not at all. Milliseconds. */
const withinMs = 3_000;

/**
 * All generations there ever were of a view in a database, for another process than those that build and follow it; writes nothing.
 *
 * @param name schema of the catalogue; default as for `PostgresDirectoryView`.
 * @returns none where no view was ever opened there.
 * @throws SqlStoreError | DatabaseAddressError
 */
export async function readPostgresGenerations(url: string, name?: string): Promise<readonly GenerationStatus[]> {
  const schema = new ViewSchema(name);
  const pool = openPool({
    url,
    applicationName: `scim-ledger ${schema.catalogue} look`,
    mostConnections: 1,
    settings: { statement_timeout: withinMs, default_transaction_read_only: 'on' },
    answersWithinMs: withinMs + 1_000,
  });
  try {
    return await PostgresTransaction.within(pool, async (transaction) => {
      const table = new GenerationTable(schema);
      if (!(await table.exists(transaction))) return [];
      const generations: GenerationStatus[] = [];
      for (const generation of await table.list(transaction)) {
        const { number, state } = generation;
        // Rows of one that is dropped may still be there, and locked.
        const isRead = state !== 'dropped' && (await table.hasRows(transaction, number));
        const checkpoint = isRead ? await table.checkpointOf(transaction, number) : undefined;
        generations.push({ ...generation, checkpoint });
      }
      return generations;
    });
  } finally {
    await pool.end();
  }
}
