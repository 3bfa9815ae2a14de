import type { JsonObject } from '#kernel';
import type { Position, Revision, StreamName } from './stream-name.js';

/** An event as a store keeps it; what it means is the event catalogue's business. */
export interface EventRecord {
  /** UUID; a retry of the same write carries the same ids. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface RecordedEvent extends EventRecord {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
  /** When the store took it, milliseconds since the Unix epoch. Not strictly increasing along the log. */
  readonly recordedAt: number;
}

/** What a writer knows of a stream: that it does not exist yet, or its last revision. There is no "any". */
export type ExpectedRevision = 'no-stream' | Revision;

export interface StreamAppend {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  /** Empty: the expectation is checked and nothing is written. */
  readonly events: readonly EventRecord[];
}

export type AppendResult =
  | {
      readonly outcome: 'appended';
      /** Position of the last event of the append; the log's head for a check that wrote nothing. */
      readonly position: Position;
    }
  | {
      readonly outcome: 'conflict';
      readonly stream: StreamName;
      readonly expected: ExpectedRevision;
      readonly actual: ExpectedRevision;
    }
  /** The answer was lost: the events may or may not be there. Retry with the same ids and expectations, never report. */
  | { readonly outcome: 'unknown'; readonly cause: unknown };

export interface EventStoreCapabilities {
  /** Whether one append may write to, or check, several streams in one all-or-nothing step. */
  readonly atomicAcrossStreams: boolean;
  /**
   * Whether an event id that stands elsewhere in the log is refused as EventIdTaken. Where not, only the same id twice in
   * one append is, and the events are written: a writer has to derive ids from the place they are for.
   */
  readonly uniqueEventIds: boolean;
}

/**
 * The log. Contract: `eventStoreContract` in `#event-store/testing`.
 *
 * - An append is all or nothing, and on disk when its promise resolves as `appended`.
 * - Appending the same event ids again at the same expectation is `appended`, and writes nothing. Streams that were only
 *   checked are not looked at again: they may have moved on since.
 * - Revisions of a stream are 0, 1, 2, ... without gaps; positions grow in the order readers see.
 * - A store whose capability `atomicAcrossStreams` is false throws a RangeError for more than one stream; every store
 *   throws one for a stream that is named twice in one append.
 * - After `close` every operation fails as EventStoreUnavailable, a waiting subscription too.
 */
export interface EventStore {
  readonly capabilities: EventStoreCapabilities;

  append(appends: readonly StreamAppend[]): Promise<AppendResult>;

  /** Events of one stream in order from revision `from` (default 0), at most `limit` (default: all). */
  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;

  /**
   * Events of the whole log after a position, in order, at most `limit`. The position is one the log has given out, the
   * one before the first, or beyond the head; a number between two of them need not be a place of the log.
   */
  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]>;

  /**
   * Every event after a position, in batches of at most `batchSize`, then live, until the signal aborts (the iteration
   * then ends without an error). The next batch is not read before the last one was taken.
   */
  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** Position of the last event; `beforeFirstPosition` for an empty log. */
  head(): Promise<Position>;

  close(): Promise<void>;
}

export interface ReadStreamOptions {
  readonly from?: Revision;
  readonly limit?: number;
  /** `backwards` starts at the end (`from` is then not allowed) and is how to look at the last event. */
  readonly direction?: 'forwards' | 'backwards';
}

export interface SubscribeOptions {
  readonly signal: AbortSignal;
  readonly batchSize?: number;
  /**
   * What the names of streams begin with that the reader passes by. A store may leave out their events where others follow;
   * those after the last other event are yielded, so that a reader always hears how far the log goes. Default: none.
   */
  readonly passingBy?: readonly string[];
  /** Told once the log serves the subscription, though it may bring nothing yet; and again where that was lost meanwhile. */
  readonly onServed?: () => void;
}

/** The store cannot be written, or read, at all now (disk full, closed, unreachable); nothing was written. */
export class EventStoreUnavailable extends Error {
  override readonly name: string = 'EventStoreUnavailable';
}

/** What is asked for is damaged where the store keeps it: it will not come back by itself, the rest may be read. */
export class EventStoreDamaged extends EventStoreUnavailable {
  override readonly name = 'EventStoreDamaged';
}

/** More events, or larger ones, than the store takes in one append; nothing was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}
