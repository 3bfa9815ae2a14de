import type pg from 'pg';
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
import { SqlStoreError } from '../sql/sql-connection.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';
import { acquireCheckpoint, moveCheckpoint, readCheckpoint, readOwnership } from '../tables/checkpoint.js';
import { GrowingStatistics } from './growing-statistics.js';
import { CommitUnknownError, PostgresTransaction } from './postgres-transaction.js';

/** How long an earlier owner's transaction under way may take to end by itself, milliseconds. */
const grace = 1_000;

/**
 * Ends the transactions of earlier owners: whoever has written to the checkpoint and not committed. Theirs may be a process
 * that does not run (SIGSTOP, a frozen machine) and would hold the row's lock for ever. One has the right to end the
 * sessions of one's own role.
 */
const endEarlierOwners = sql`
  SELECT pg_terminate_backend(l.pid)
  FROM pg_locks AS l
  WHERE l.locktype = 'relation' AND l.relation = CAST('checkpoint' AS REGCLASS) AND l.mode = 'RowExclusiveLock'
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND l.pid <> pg_backend_pid()`;

/** Writes one generation. Every call is one transaction that takes the checkpoint's row lock at its beginning. */
export class PostgresProjectionTarget implements ProjectionTarget {
  readonly #pool: pg.Pool;
  readonly #writer: ResourceWriter;
  readonly #statistics: GrowingStatistics;
  readonly #announce: (move: CheckpointMove) => SqlText;
  /** A move that was being committed when the connection ended. */
  #uncertain: CheckpointMove | undefined;

  /**
   * @param pool of one connection, which is pipelined and finds the generation's tables by their bare names.
   * @param announce an expression that tells listeners of a move as soon as it is committed.
   */
  constructor(pool: pg.Pool, writer: ResourceWriter, announce: (move: CheckpointMove) => SqlText) {
    this.#pool = pool;
    this.#writer = writer;
    this.#statistics = new GrowingStatistics(pool);
    this.#announce = announce;
  }

  acquire(): Promise<Ownership> {
    return unlessAway(isAway, async () => {
      try {
        return await this.#takeOver();
      } catch (error) {
        if (!isLocked(error)) throw error;
        await PostgresTransaction.within(this.#pool, (transaction) => transaction.rows(endEarlierOwners));
        return await this.#takeOver();
      }
    });
  }

  apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    return unlessAway(isAway, async () => {
      if (await this.#isDone(move)) return;
      try {
        await PostgresTransaction.within(this.#pool, async (transaction) => {
          const moved = await transaction.rows(this.#move(move));
          if (moved.length === 0) throw new OwnershipLostError(move);
          await applyBatch(transaction, this.#writer, batch);
        });
      } catch (error) {
        if (error instanceof CommitUnknownError) this.#uncertain = move;
        throw error;
      }
      await this.#statistics.grown(batch.length);
    });
  }

  #takeOver(): Promise<Ownership> {
    return PostgresTransaction.within(this.#pool, async (transaction) => {
      await transaction.rows(sql`SET LOCAL lock_timeout = ${literal(String(grace))}`);
      transaction.run(acquireCheckpoint, []);
      return readOwnership(transaction);
    });
  }

  /** Whether an earlier attempt, of which nothing was heard, has done it. */
  async #isDone({ epoch, from, to }: CheckpointMove): Promise<boolean> {
    const tried = this.#uncertain;
    if (tried?.epoch !== epoch || tried.from !== from || tried.to !== to) return false;
    const found = await PostgresTransaction.within(this.#pool, readCheckpoint);
    this.#uncertain = undefined;
    return found.epoch === epoch && found.checkpoint === to;
  }

  /** Selects a row where the checkpoint was this owner's to move. */
  #move(move: CheckpointMove): SqlText {
    return sql`
      WITH moved AS (${moveCheckpoint(move)} RETURNING position)
      SELECT ${this.#announce(move)} FROM moved`;
  }
}

function isLocked(error: unknown): boolean {
  const cause = error instanceof SqlStoreError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === '55P03';
}

function isAway(error: unknown): boolean {
  return (error instanceof SqlStoreError && error.condition === 'away') || error instanceof CommitUnknownError;
}
