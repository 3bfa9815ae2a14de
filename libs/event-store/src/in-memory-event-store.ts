import { type Clock, type JsonObject, systemClock } from '#kernel';
import { type LogIndex, answerWithoutWriting, assertWellFormed, revisionAfter } from './append-rules.js';
import { catchUpSubscription } from './catch-up-subscription.js';
import {
  type AppendResult,
  type EventRecord,
  type EventStore,
  type EventStoreCapabilities,
  EventStoreUnavailable,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamAppend,
  type SubscribeOptions,
} from './event-store.js';
import { LogGrowth } from './log-growth.js';
import { type Position, type Revision, type StreamName, beforeFirstPosition } from './stream-name.js';
import { assertCount, streamRange } from './stream-range.js';

export interface InMemoryEventStoreOptions {
  readonly clock?: Clock;
  /** False: behaves like a store that appends to one stream at a time. Default true. */
  readonly atomicAcrossStreams?: boolean;
}

/** Data and metadata are kept as JSON text, so that nothing a caller holds is ever shared with the log. */
interface StoredEvent extends Omit<RecordedEvent, 'data' | 'metadata'> {
  readonly data: string;
  readonly metadata: string;
}

/** A log for tests and experiments: it keeps the whole contract but durability. */
export class InMemoryEventStore implements EventStore {
  readonly capabilities: EventStoreCapabilities;
  readonly #clock: Clock;
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<StreamName, StoredEvent[]>();
  readonly #ids = new Set<string>();
  readonly #growth = new LogGrowth();
  #closed = false;

  readonly #index: LogIndex = {
    lastRevision: (stream) => this.#streams.get(stream)?.at(-1)?.revision ?? 'no-stream',
    eventAt: (stream, revision) => this.#streams.get(stream)?.[revision],
    hasEvent: (id) => this.#ids.has(id),
    head: () => this.#log.at(-1)?.position ?? beforeFirstPosition,
  };

  constructor({ clock = systemClock, atomicAcrossStreams = true }: InMemoryEventStoreOptions = {}) {
    this.#clock = clock;
    this.capabilities = { atomicAcrossStreams, uniqueEventIds: true };
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    this.#assertOpen();
    assertWellFormed(appends, this.capabilities.atomicAcrossStreams);
    const answer = answerWithoutWriting(appends, this.#index);
    if (answer !== undefined) return answer;
    for (const event of this.#place(appends)) this.#add(event);
    this.#growth.announce();
    return { outcome: 'appended', position: this.#index.head() };
  }

  async readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    const { from, limit, backwards } = streamRange(options);
    const events = this.#streams.get(stream) ?? [];
    const ordered = backwards ? events.toReversed() : events.slice(from);
    return ordered.slice(0, limit).map(toRecorded);
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    assertCount(limit, 'limit');
    // The event at position n is the n-th of the log, so the position is the index of the event after it.
    const start = Number(after);
    return this.#log.slice(start, start + limit).map(toRecorded);
  }

  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return catchUpSubscription(this, this.#growth, after, options);
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#index.head();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#growth.announce();
  }

  /** All events of an append with their places in the log. Nothing is added until every one could be turned to text. */
  #place(appends: readonly StreamAppend[]): StoredEvent[] {
    const recordedAt = this.#clock.now();
    const placed: StoredEvent[] = [];
    for (const { stream, expected, events } of appends) {
      const first = revisionAfter(expected);
      for (const [index, event] of events.entries()) {
        const position = BigInt(this.#log.length + placed.length + 1) as Position;
        placed.push({ ...toText(event), stream, revision: (first + index) as Revision, position, recordedAt });
      }
    }
    return placed;
  }

  #add(event: StoredEvent): void {
    this.#log.push(event);
    this.#ids.add(event.id);
    const events = this.#streams.get(event.stream);
    if (events === undefined) this.#streams.set(event.stream, [event]);
    else events.push(event);
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreUnavailable('The event store is closed');
  }
}

function toText({ id, type, data, metadata }: EventRecord): Pick<StoredEvent, 'id' | 'type' | 'data' | 'metadata'> {
  return { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
}

function toRecorded(event: StoredEvent): RecordedEvent {
  return {
    ...event,
    data: JSON.parse(event.data) as JsonObject,
    metadata: JSON.parse(event.metadata) as Record<string, string>,
  };
}
