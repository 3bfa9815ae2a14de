import { DatabaseSync } from 'node:sqlite';
import {
  type EventStore,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamName,
  streamRange,
} from '#event-store';
import { EventTable } from './event-table.js';
import { LogFileRefused } from './log-file-refused.js';
import { inspectLog } from './log-inspection.js';
import { identityOf } from './log-schema.js';
import { logUnreadable } from './log-unreadable.js';
import { isMissingOrEmpty } from './lost-log.js';
import { hasWriter } from './writer-lock.js';

/** How long to wait for a writer that recovers the write-ahead log while it opens the file, milliseconds. */
const busyTimeoutMs = 1_000;

/** Reads a log that another process may be writing at the same time, and neither changes it nor holds the writer up. */
export class SqliteLogReader implements Pick<EventStore, 'head' | 'readAll' | 'readStream'> {
  readonly #events: EventTable;

  private constructor(
    private readonly database: DatabaseSync,
    private readonly file: string,
    /** See `SqliteEventStore.identity`. */
    readonly identity: string,
  ) {
    this.#events = new EventTable(database);
  }

  /** @throws LogFileRefused where there is no file, or it is not a log of ours or damaged. */
  static open(file: string): SqliteLogReader {
    if (isMissingOrEmpty(file)) throw new LogFileRefused('missing', file, 'there is no event log');
    const database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
    try {
      const path = database.location() ?? file;
      if (inspectLog(database, path) === 'empty')
        throw new LogFileRefused('missing', path, 'no event log was made yet');
      return new SqliteLogReader(database, path, identityOf(database) as string);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Whether a store writes to the log at this moment, in whatever process. */
  get hasWriter(): boolean {
    return hasWriter(this.file);
  }

  async head(): Promise<Position> {
    return reading(() => this.#events.storedHead());
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return reading(() => this.#events.readAll(after, limit));
  }

  async readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return reading(() => this.#events.readStream(stream, streamRange(options)));
  }

  async close(): Promise<void> {
    this.database.close();
  }
}

/** @throws EventStoreUnavailable where the file cannot be read now. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw logUnreadable(cause);
  }
}
