import type pg from 'pg';
import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import type { SqlText } from '../sql/sql-text.js';
import { PostgresConnection } from './postgres-connection.js';
import { postgresDialect } from './postgres-dialect.js';

/** Reads of one generation, each on a connection of the pool. */
export class PostgresReads implements SqlReads {
  readonly dialect = postgresDialect;
  readonly #pool: pg.Pool;

  /** @param pool its connections find the generation's tables by their bare names. */
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  rows<Row extends object>(statement: SqlText, isEnough?: (row: Row) => boolean): Promise<readonly Row[]> {
    if (isEnough) return this.snapshot((connection) => connection.rows(statement, isEnough));
    return this.#borrow((connection) => connection.rows<Row>(statement));
  }

  snapshot<T>(reads: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#borrow(async (connection) => {
      const begun = connection.execute('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const [, result] = await Promise.all([begun, reads(connection)]);
      await connection.execute('COMMIT');
      return result;
    });
  }

  async #borrow<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const connection = await PostgresConnection.from(this.#pool);
    try {
      const result = await work(connection);
      connection.release();
      return result;
    } catch (error) {
      // Closing it ends its transaction, whatever state that is in.
      connection.release(true);
      throw error;
    }
  }
}
