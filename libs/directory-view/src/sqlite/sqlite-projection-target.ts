import type { EventEnvelope } from '#event-catalog';
import {
  type CheckpointMove,
  type Ownership,
  OwnershipLostError,
  type ProjectionTarget,
  unlessAway,
} from '#projections';
import { applyBatch } from '../projection/apply-batch.js';
import type { ResourceWriter } from '../projection/resource-writer.js';
import { acquireCheckpoint, moveCheckpoint, readOwnership } from '../tables/checkpoint.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteReads } from './sqlite-reads.js';
import { isAway } from './store-error.js';

/** Writes one generation. Every call is one transaction that takes the file's write lock at its beginning. */
export class SqliteProjectionTarget implements ProjectionTarget {
  readonly #connection: SqliteConnection;
  readonly #writer: ResourceWriter;
  readonly #reads: Pick<SqliteReads, 'beforeCommit'>;

  /** @param reads those of the same file; they are told before each commit. */
  constructor(connection: SqliteConnection, writer: ResourceWriter, reads: Pick<SqliteReads, 'beforeCommit'>) {
    this.#connection = connection;
    this.#writer = writer;
    this.#reads = reads;
  }

  acquire(): Promise<Ownership> {
    return this.#transaction(async () => {
      this.#connection.run(acquireCheckpoint, []);
      return readOwnership(this.#connection);
    });
  }

  apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    return this.#transaction(async () => {
      const { text, params } = moveCheckpoint(move);
      const moved = this.#connection.change(text, params);
      if (moved === 0) throw new OwnershipLostError(move);
      await applyBatch(this.#connection, this.#writer, batch);
    });
  }

  #transaction<T>(work: () => Promise<T>): Promise<T> {
    return unlessAway(isAway, async () => {
      this.#connection.run('BEGIN IMMEDIATE', []);
      try {
        const result = await work();
        this.#reads.beforeCommit();
        this.#connection.run('COMMIT', []);
        return result;
      } catch (error) {
        this.#connection.rollBack();
        throw error;
      }
    });
  }
}
