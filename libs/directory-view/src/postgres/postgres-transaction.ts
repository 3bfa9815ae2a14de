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

/** How many writes are gathered before they are sent: the server is at work on them while the next ones are made. */
const sentTogether = 256;

/**
 * A transaction under way, whose writes are gathered, and sent by the hundreds; they are done when something is read or it is
 * committed.
 */
export class PostgresTransaction implements SqlTransaction {
  readonly dialect = postgresDialect;
  readonly #writes = new WriteBatch();
  readonly #sent: Promise<unknown>[] = [];

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
    if (this.#writes.size >= sentTogether) this.#send();
  }

  /** The connection is pipelined: nothing waits for an answer, and one statement that fails makes the rest fail. */
  #send(): void {
    for (const statement of this.#writes.take()) {
      const sent = this.connection.query(statement);
      // Whoever flushes hears of it, maybe later.
      sent.catch(() => undefined);
      this.#sent.push(sent);
    }
  }

  async #flush(): Promise<void> {
    this.#send();
    const outcomes = await Promise.allSettled(this.#sent.splice(0));
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
