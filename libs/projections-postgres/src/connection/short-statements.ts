import type pg from 'pg';
import { openPool } from './open-pool.js';

/** Statements of one row each, which the server answers at once or not at all. */
const withinMs = 3_000;

/** Where this lib keeps its tables: who leads, and how far processes have come. */
export const projectionsSchema = 'scim_projections';

/** A table of `projectionsSchema`. */
export interface SmallTable {
  /** With its schema. */
  readonly name: string;
  /** What stands in the brackets of its `CREATE TABLE`. */
  readonly columns: string;
  /** Those that came later, as an `ALTER TABLE` adds them, by name; tables of earlier releases lack them. */
  readonly laterColumns?: Readonly<Record<string, string>>;
}

/**
 * A connection for small statements that must not be held up by large ones. Makes the table where it is missing, before the
 * first statement and after one that failed.
 */
export class ShortStatements {
  readonly #pool: pg.Pool;
  readonly #table: SmallTable;
  #isThere = false;

  constructor(url: string, purpose: string, table: SmallTable) {
    this.#table = table;
    this.#pool = openPool({
      url,
      applicationName: `scim-ledger ${purpose}`,
      mostConnections: 1,
      settings: { statement_timeout: withinMs, client_min_messages: 'warning' },
      answersWithinMs: withinMs + 1_000,
    });
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    if (!this.#isThere) await this.#makeTable();
    try {
      return (await this.#pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      this.#isThere = false;
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #makeTable(): Promise<void> {
    const { name, columns, laterColumns = {} } = this.#table;
    if (!(await this.#isComplete())) {
      const later = Object.entries(laterColumns).map(
        ([column, type]) => `; ALTER TABLE ${name} ADD COLUMN IF NOT EXISTS ${column} ${type}`,
      );
      // One transaction, in which two that make it at once do so one after the other.
      await this.#pool.query(`
        SELECT pg_advisory_xact_lock(hashtext('${projectionsSchema}'));
        CREATE SCHEMA IF NOT EXISTS ${projectionsSchema};
        CREATE TABLE IF NOT EXISTS ${name} (${columns})${later.join('')}`);
    }
    this.#isThere = true;
  }

  async #isComplete(): Promise<boolean> {
    const { name, laterColumns = {} } = this.#table;
    const select = `
      SELECT to_regclass($1) AS found, (
        SELECT CAST(count(*) AS INTEGER) FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass($1) AND a.attname = ANY ($2) AND NOT a.attisdropped
      ) AS later`;
    const later = Object.keys(laterColumns);
    const { rows } = await this.#pool.query<{ found: string | null; later: number }>(select, [name, later]);
    return rows[0]?.found != null && rows[0].later === later.length;
  }
}
