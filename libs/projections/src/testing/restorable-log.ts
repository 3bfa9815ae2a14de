import type {
  AppendResult,
  EventStore,
  EventStoreCapabilities,
  InMemoryEventStore,
  Position,
  ReadStreamOptions,
  RecordedEvent,
  StreamAppend,
  StreamName,
  SubscribeOptions,
} from '#event-store';

/** A log whose server may be stopped, and come back with another log under the same address, e.g. a backup of it. */
export class RestorableLog implements EventStore {
  #lost = new AbortController();

  constructor(public current: InMemoryEventStore) {}

  get capabilities(): EventStoreCapabilities {
    return this.current.capabilities;
  }

  /** Breaks every subscription off; each goes on with the other log from where it was. */
  restore(log: InMemoryEventStore): void {
    this.current = log;
    const lost = this.#lost;
    this.#lost = new AbortController();
    lost.abort();
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return this.current.append(appends);
  }

  head(): Promise<Position> {
    return this.current.head();
  }

  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.current.readAll(after, limit);
  }

  close(): Promise<void> {
    return this.current.close();
  }

  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.current.readStream(stream, options);
  }

  async *subscribeAll(after: Position, options: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[], void> {
    let place = after;
    while (!options.signal.aborted) {
      const signal = AbortSignal.any([options.signal, this.#lost.signal]);
      for await (const batch of this.current.subscribeAll(place, { ...options, signal })) {
        place = batch.at(-1)?.position ?? place;
        yield batch;
      }
    }
  }
}
