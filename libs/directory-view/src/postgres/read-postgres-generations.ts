import type { Position } from '#event-store';
import type { GenerationStatus } from '#projections';
import { openPool } from '#projections-postgres';
import { literal, sql } from '../sql/sql-text.js';
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
      if (!(await exists(transaction, `${schema.catalogue}.generation`))) return [];
      const generations: GenerationStatus[] = [];
      for (const generation of await new GenerationTable(schema).list(transaction)) {
        const { number, state } = generation;
        const table = `${schema.generation(number)}.checkpoint`;
        // Rows of one that is dropped may still be there, and locked.
        const checkpoint = state === 'dropped' ? undefined : await checkpointIn(transaction, table);
        generations.push({ ...generation, checkpoint });
      }
      return generations;
    });
  } finally {
    await pool.end();
  }
}

async function checkpointIn(transaction: PostgresTransaction, table: string): Promise<Position | undefined> {
  if (!(await exists(transaction, table))) return undefined;
  const [row] = await transaction.rows<{ readonly position: string }>(sql`
    SELECT CAST(c.position AS TEXT) AS position FROM ${literal(table)} AS c`);
  return row && (BigInt(row.position) as Position);
}

async function exists(transaction: PostgresTransaction, table: string): Promise<boolean> {
  const [found] = await transaction.rows<{ readonly exists: boolean }>(sql`
    SELECT to_regclass(${table}) IS NOT NULL AS exists`);
  return found?.exists === true;
}
