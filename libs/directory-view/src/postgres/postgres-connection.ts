import type pg from 'pg';
import type { SqlConnection } from '../sql/sql-connection.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';
import { postgresDialect } from './postgres-dialect.js';
import { PreparedStatements } from './prepared-statements.js';
import { postgresError } from './store-error.js';

/** Rows fetched at once where the caller may have enough of them; each may hold a resource of a megabyte. */
const fetchSize = 64;
const fetched = literal(String(fetchSize));

/** What is known of a pool's connection as long as it lives. */
const statementsOf = new WeakMap<pg.ClientBase, PreparedStatements>();

/** One connection of a pool, for as long as its borrower has it. Pipelined: what is not awaited shares a round trip. */
export class PostgresConnection implements SqlConnection {
  readonly dialect = postgresDialect;
  readonly #client: pg.PoolClient;
  readonly #statements: PreparedStatements;
  #cursors = 0;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    this.#statements = statementsOf.get(client) ?? new PreparedStatements();
    statementsOf.set(client, this.#statements);
  }

  /** @throws SqlStoreError */
  static async from(pool: pg.Pool): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await pool.connect());
    } catch (error) {
      throw postgresError(error);
    }
  }

  /** With `isEnough`, only within a transaction: rows that are not read are not sent either. */
  async rows<Row extends object>(statement: SqlText, isEnough?: (row: Row) => boolean): Promise<readonly Row[]> {
    if (isEnough) return this.#rowsUntil(statement, isEnough);
    const { rows } = await this.query<Row>(statement);
    return rows;
  }

  /** @throws SqlStoreError */
  async query<Row extends object>(statement: SqlText): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#client.query<Row>(this.#statements.query(statement));
    } catch (error) {
      throw postgresError(error);
    }
  }

  /** Statements without parameters and rows, e.g. of a transaction's frame. */
  async execute(text: string): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(text);
    } catch (error) {
      throw postgresError(error);
    }
  }

  /** @param broken whether an error left the connection in a state that nobody knows. */
  release(broken = false): void {
    this.#client.release(broken || this.#statements.areMany);
  }

  async #rowsUntil<Row extends object>(statement: SqlText, isEnough: (row: Row) => boolean): Promise<readonly Row[]> {
    // Closed by the transaction's end.
    const cursor = literal(`taken${++this.#cursors}`);
    const declared = this.query(sql`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`);
    const taken: Row[] = [];
    for (;;) {
      const [, { rows }] = await Promise.all([declared, this.query<Row>(sql`FETCH ${fetched} FROM ${cursor}`)]);
      const enough = rows.findIndex(isEnough);
      if (enough !== -1) return [...taken, ...rows.slice(0, enough + 1)];
      taken.push(...rows);
      if (rows.length < fetchSize) return taken;
    }
  }
}
