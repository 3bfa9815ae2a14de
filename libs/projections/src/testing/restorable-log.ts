import type {
  EventStore,
  InMemoryEventStore,
  Position,
  ReadStreamOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
} from '#event-store';

/** A log whose server may be stopped, and come back with another log under the same address, e.g. a backup of it. */
export class RestorableLog implements Pick<EventStore, 'subscribeAll' | 'head' | 'readStream'> {
  #lost = new AbortController();

  constructor(public current: InMemoryEventStore) {}

  /** Breaks every subscription off; each goes on with the other log from where it was. */
  restore(log: InMemoryEventStore): void {
    this.current = log;
    const lost = this.#lost;
    this.#lost = new AbortController();
    lost.abort();
  }

  head(): Promise<Position> {
    return this.current.head();
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
