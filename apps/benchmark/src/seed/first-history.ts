import type { AppendResult, EventStore, RecordedEvent, StreamAppend } from '#event-store';

interface Waiting {
  readonly appends: readonly StreamAppend[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * An empty log that is given its first history: what commands append in one turn of the event loop goes into it as one
 * append, thousands of events at a time, and no stream is looked up, because no command comes twice to the same one.
 */
export class FirstHistory implements EventStore {
  readonly capabilities: EventStore['capabilities'];
  #waiting: Waiting[] = [];

  constructor(private readonly store: EventStore) {
    this.capabilities = store.capabilities;
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ appends, resolve, reject }) === 1) setImmediate(() => void this.#write());
    });
  }

  async readStream(): Promise<readonly RecordedEvent[]> {
    return [];
  }

  readonly readAll: EventStore['readAll'] = (after, limit) => this.store.readAll(after, limit);
  readonly subscribeAll: EventStore['subscribeAll'] = (after, options) => this.store.subscribeAll(after, options);
  readonly head = () => this.store.head();
  readonly close = () => this.store.close();

  async #write(): Promise<void> {
    const written = this.#waiting;
    this.#waiting = [];
    try {
      const result = await this.store.append(written.flatMap(({ appends }) => appends));
      for (const { resolve } of written) resolve(result);
    } catch (error) {
      for (const { reject } of written) reject(error);
    }
  }
}
