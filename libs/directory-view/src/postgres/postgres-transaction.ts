import type pg from 'pg';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { SqlText, SqlValue } from '../sql/sql-text.js';
import { PostgresConnection } from './postgres-connection.js';
import { postgresDialect } from './postgres-dialect.js';
import { postgresError } from './store-error.js';
import { WriteBatch } from './writes/write-batch.js';

/** The connection ended after COMMIT was sent: whether it happened can only be read. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError';
}

/** A transaction under way, whose writes are gathered until something is read or it is committed. */
export class PostgresTransaction implements SqlTransaction {
  readonly dialect = postgresDialect;
  readonly #writes = new WriteBatch();

  private constructor(private readonly connection: PostgresConnection) {}

  /** Does the work and commits, or throws and leaves nothing behind. */
  static async within<T>(pool: pg.Pool, work: (transaction: PostgresTransaction) => Promise<T>): Promise<T> {
    const connection = await PostgresConnection.from(pool);
    try {
      const begun = connection.execute('BEGIN');
      const transaction = new PostgresTransaction(connection);
      const [result] = await Promise.all([work(transaction), begun]);
      await transaction.#flush();
      await transaction.#commit();
      connection.release();
      return result;
    } catch (error) {
      // Closing it ends its transaction, whatever state that is in.
      connection.release(true);
      throw error;
    }
  }

  async rows<Row extends object>(statement: SqlText): Promise<readonly Row[]> {
    await this.#flush();
    return this.connection.rows<Row>(statement);
  }

  run(text: string, params: readonly SqlValue[]): void {
    this.#writes.add(text, params);
  }

  async #flush(): Promise<void> {
    const statements = this.#writes.take();
    // The connection is pipelined: they are sent at once, and one that fails makes the rest fail.
    const outcomes = await Promise.allSettled(statements.map((statement) => this.connection.query(statement)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw postgresError(failed.reason);
  }

  async #commit(): Promise<void> {
    const { command } = await this.connection.execute('COMMIT').catch((error: unknown) => {
      throw new CommitUnknownError('The connection ended while a transaction was being committed', { cause: error });
    });
    if (command !== 'COMMIT') throw new Error(`The transaction ended by ${command}.`);
  }
}
