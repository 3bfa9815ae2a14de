import {
  type AppendResult,
  beforeFirstPosition,
  type EventStore,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  revisionAfter,
  type StreamAppend,
  type StreamName,
  type SubscribeOptions,
} from '#event-store';
import { type EventPlace, placeOfRecorded, reasonNotToGoOn } from '#projections';

/**
 * The log of a process that remembers what it has read of it and written to it. Knows how far that goes, and finds out where
 * the log is no longer the one it was: its server may have been given a backup while the process went on.
 */
export class KnownLog implements EventStore {
  /** The furthest position heard of. */
  #upTo = beforeFirstPosition;
  /** The furthest event read or written. */
  #last: { readonly position: Position; readonly place: EventPlace } | undefined;
  #hasParted = false;

  constructor(private readonly log: EventStore) {}

  get capabilities() {
    return this.log.capabilities;
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const result = await this.log.append(appends);
    if (result.outcome === 'appended') this.#know(result.position, placeOfLast(appends));
    return result;
  }

  async readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const events = await this.log.readStream(stream, options);
    const last = options?.direction === 'backwards' ? events[0] : events.at(-1);
    if (last) this.#know(last.position, placeOfRecorded(last));
    return events;
  }

  async head(): Promise<Position> {
    const head = await this.log.head();
    this.hearOf(head);
    return head;
  }

  /** Looked at, not remembered. */
  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.log.readAll(after, limit);
  }

  /** Handed on, not remembered. */
  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.subscribeAll(after, options);
  }

  close(): Promise<void> {
    return this.log.close();
  }

  /** To be told how far others have come with it. */
  hearOf(position: Position): void {
    if (position > this.#upTo) this.#upTo = position;
  }

  /**
   * Looks whether the log still has what is known of it. To be called again and again: it is believed to have parted when two
   * looks in a row say so, because one may have asked a leader that was deposed and does not know it yet.
   *
   * @returns why nothing that is remembered of the log holds any more.
   * @throws EventStoreUnavailable
   */
  async reasonToForget(): Promise<string | undefined> {
    const reason = await reasonNotToGoOn(this.log, { checkpoint: this.#upTo, last: this.#last?.place });
    const wasSaidBefore = this.#hasParted;
    this.#hasParted = reason !== undefined;
    return wasSaidBefore ? reason : undefined;
  }

  #know(position: Position, place: EventPlace | undefined): void {
    this.hearOf(position);
    if (place && position > (this.#last?.position ?? beforeFirstPosition)) this.#last = { position, place };
  }
}

/** Of the append that the log's answer gives the position of; undefined for one that writes nothing. */
function placeOfLast(appends: readonly StreamAppend[]): EventPlace | undefined {
  const append = appends.findLast(({ events }) => events.length > 0);
  const last = append?.events.at(-1);
  if (!append || !last) return undefined;
  const revision = (revisionAfter(append.expected) + append.events.length - 1) as Revision;
  return { stream: append.stream, revision, id: last.id };
}
