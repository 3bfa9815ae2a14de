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
    const { name, columns } = this.#table;
    const { rows } = await this.#pool.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [name]);
    // One transaction, in which two that make it at once do so one after the other.
    if (rows[0]?.found == null) {
      await this.#pool.query(`
        SELECT pg_advisory_xact_lock(hashtext('${projectionsSchema}'));
        CREATE SCHEMA IF NOT EXISTS ${projectionsSchema};
        CREATE TABLE IF NOT EXISTS ${name} (${columns})`);
    }
    this.#isThere = true;
  }
}
