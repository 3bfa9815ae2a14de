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
  /** Undefined until the file's writer has said that it announces its commits. */
  #readsSinceCommit: number | undefined;

  constructor(open: () => SqliteConnection) {
    this.#open = open;
    this.#single = open();
  }

  rows<Row extends object>(statement: SqlText, isEnough?: (row: Row) => boolean): Promise<readonly Row[]> {
    this.#holdSnapshot();
    return this.#single.rows(statement, isEnough);
  }

  /** To be called right before every commit to the file, in the same turn. Its only writer is in this process. */
  beforeCommit(): void {
    this.#single.rollBack();
    this.#readsSinceCommit = 0;
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

  /**
   * From the second read after a commit on, single statements share a read transaction, which spares each the locks of the
   * file: 3 of 8 µs. It ends before the next commit, so that no read misses one and the write-ahead log can be emptied.
   */
  #holdSnapshot(): void {
    if (this.#readsSinceCommit === undefined) return;
    this.#readsSinceCommit += 1;
    if (this.#readsSinceCommit === 2) this.#single.run('BEGIN', []);
  }

  #release(connection: SqliteConnection): void {
    if (this.#closed || this.#idle.length >= mostIdle) connection.close();
    else this.#idle.push(connection);
  }
}
