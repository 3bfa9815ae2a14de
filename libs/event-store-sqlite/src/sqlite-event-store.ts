import { type Clock, systemClock } from '#kernel';
import {
  type AppendResult,
  type EventStore,
  EventStoreUnavailable,
  LogGrowth,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamAppend,
  type StreamName,
  type SubscribeOptions,
  assertCount,
  assertWellFormed,
  catchUpSubscription,
  streamRange,
} from '#event-store';
import { AppendTransaction } from './append-transaction.js';
import { encodeAppend } from './encoded-append.js';
import { EventTable } from './event-table.js';
import { type CommitStatistics, GroupCommit } from './group-commit.js';
import { logUnreadable } from './log-unreadable.js';
import { type LogFile, openLogFile } from './open-log-file.js';
import { RecentEvents } from './recent-events.js';

export interface SqliteEventStoreOptions {
  /** Path of the log. Beside it are kept `-wal` and `-shm` (part of the log while it is open) and `.lock`. */
  readonly file: string;
  /** A file or folder that is there only where there was a log: one that is missing or empty is refused then, not made. */
  readonly trace?: string | undefined;
  readonly clock?: Clock;
}

/**
 * The embedded log: one SQLite file, one process that writes it. Other processes may read the file at any time.
 *
 * Reads share the writer's connection. A transaction begins and ends within one synchronous call, so a read can neither
 * see what is not committed nor wait for a writer; and what was appended is readable when the append resolves.
 */
export class SqliteEventStore implements EventStore {
  readonly capabilities = { atomicAcrossStreams: true, uniqueEventIds: true };
  readonly #file: LogFile;
  readonly #events: EventTable;
  readonly #recent: RecentEvents;
  readonly #commits: GroupCommit;
  readonly #growth = new LogGrowth();
  #closed = false;

  private constructor(file: LogFile, clock: Clock) {
    this.#file = file;
    this.#events = new EventTable(file.database);
    this.#recent = new RecentEvents(this.#events.head());
    const transaction = new AppendTransaction(file, this.#events, this.#recent, clock);
    this.#commits = new GroupCommit(transaction, () => this.#growth.announce());
  }

  /**
   * Opens the log, or makes an empty one where there is none yet; the folder has to exist.
   *
   * @throws LogFileRefused where the file is not a log of ours, is lost or damaged, or another store writes to it.
   */
  static open({ file, trace, clock = systemClock }: SqliteEventStoreOptions): SqliteEventStore {
    return new SqliteEventStore(openLogFile(file, trace), clock);
  }

  /** Given at random when the log was made; copies of a log have the same. What is derived from a log keeps it. */
  get identity(): string {
    return this.#file.identity;
  }

  get statistics(): CommitStatistics {
    return this.#commits.statistics;
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    this.#assertOpen();
    assertWellFormed(appends, this.capabilities.atomicAcrossStreams);
    return this.#commits.append(appends.map(encodeAppend));
  }

  async readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    const range = streamRange(options);
    return this.#reading(() => this.#events.readStream(stream, range));
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    assertCount(limit, 'limit');
    return this.#recent.after(after, limit) ?? this.#reading(() => this.#events.readAll(after, limit));
  }

  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return catchUpSubscription(this, this.#growth, after, options);
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#reading(() => this.#events.head());
  }

  /** Commits the appends that were handed over before, then lets go of the file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#commits.flush();
    this.#file.close();
    this.#growth.announce();
  }

  /** @throws EventStoreUnavailable where the file cannot be read, or holds a transaction that could not be rolled back. */
  #reading<T>(read: () => T): T {
    if (this.#file.database.isTransaction) throw new EventStoreUnavailable('The event log could not be rolled back');
    try {
      return read();
    } catch (cause) {
      throw logUnreadable(cause);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreUnavailable('The event store is closed');
  }
}
