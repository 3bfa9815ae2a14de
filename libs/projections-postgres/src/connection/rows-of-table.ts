import type pg from 'pg';
import { openPool } from './open-pool.js';

/** A statement of a few rows, which the server answers at once or not at all. Milliseconds. */
const withinMs = 3_000;

export interface TableQuestion {
  readonly url: string;
  /** With its schema. */
  readonly table: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/**
 * Asks a small table once, for those who have nothing else to do with the database; writes nothing, not even the table.
 *
 * @returns undefined where there is no such table.
 * @throws DatabaseAddressError
 */
export async function rowsOfTable<Row extends pg.QueryResultRow>(
  question: TableQuestion,
): Promise<readonly Row[] | undefined> {
  const { url, table, text, values = [] } = question;
  const pool = openPool({
    url,
    applicationName: `scim-ledger look at ${table}`,
    mostConnections: 1,
    settings: { statement_timeout: withinMs, default_transaction_read_only: 'on' },
    answersWithinMs: withinMs + 1_000,
  });
  try {
    const found = await pool.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [table]);
    if (found.rows[0]?.found == null) return undefined;
    return (await pool.query<Row>(text, [...values])).rows;
  } finally {
    await pool.end();
  }
}
