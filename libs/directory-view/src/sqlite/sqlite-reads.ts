import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import type { SqlText } from '../sql/sql-text.js';
import { type SqliteConnection } from './sqlite-connection.js';
import { sqliteDialect } from './sqlite-dialect.js';

const mostIdle = 4;

/** Reads of one file: single statements on one connection, snapshots on connections of their own. */
export class SqliteReads implements SqlReads {
  readonly dialect = sqliteDialect;
  readonly #open: () => SqliteConnection;
  readonly #single: SqliteConnection;
  readonly #idle: SqliteConnection[] = [];
  #closed = false;

  constructor(open: () => SqliteConnection) {
    this.#open = open;
    this.#single = open();
  }

  rows<Row extends object>(statement: SqlText): Promise<readonly Row[]> {
    return this.#single.rows(statement);
  }

  async snapshot<T>(reads: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const connection = this.#idle.pop() ?? this.#open();
    try {
      connection.run('BEGIN', []);
      const result = await reads(connection);
      connection.run('COMMIT', []);
      this.#release(connection);
      return result;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    for (const connection of [this.#single, ...this.#idle.splice(0)]) connection.close();
  }

  #release(connection: SqliteConnection): void {
    if (this.#closed || this.#idle.length >= mostIdle) connection.close();
    else this.#idle.push(connection);
  }
}
