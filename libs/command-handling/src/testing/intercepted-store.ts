import type {
  AppendResult,
  EventStore,
  EventStoreCapabilities,
  Position,
  ReadStreamOptions,
  RecordedEvent,
  StreamAppend,
  StreamName,
  SubscribeOptions,
} from '#event-store';

/** A call of the event-store port by the write side. */
export type PortCall =
  | { readonly operation: 'append'; readonly appends: readonly StreamAppend[] }
  | { readonly operation: 'read'; readonly stream: StreamName; readonly options?: ReadStreamOptions | undefined };

/** Decides when a call is made, whether it is made at all, and what its caller hears of it. */
export type Intercept = (call: PortCall, perform: () => Promise<unknown>) => Promise<unknown>;

/** A store between whose callers and itself something may happen: delays, losses, crashes. */
export class InterceptedStore implements EventStore {
  readonly capabilities: EventStoreCapabilities;

  constructor(
    private readonly store: EventStore,
    private readonly intercept: Intercept,
  ) {
    this.capabilities = store.capabilities;
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const append = () => this.store.append(appends);
    return this.intercept({ operation: 'append', appends }, append) as Promise<AppendResult>;
  }

  readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const read = () => this.store.readStream(stream, options);
    return this.intercept({ operation: 'read', stream, options }, read) as Promise<readonly RecordedEvent[]>;
  }

  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.store.readAll(after, limit);
  }

  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.subscribeAll(after, options);
  }

  head(): Promise<Position> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
