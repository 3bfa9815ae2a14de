import { SerialQueue } from '#kernel';
import { type AppendResult, type StreamAppend, revisionAfter } from '#event-store';
import { resultOfFailure } from './append-failure.js';
import { type ProposedEvent, proposedEvents } from './append-request.js';
import type { LogClient } from './log-client.js';
import type { LogReader } from './log-reader.js';
import type { LogScope } from './log-scope.js';
import { streamRequest } from './read-request.js';

/** Appends to one stream, and finds out what became of it. */
export class LogAppender {
  /**
   * The appends of one stream, one after another: the repetition of one that is under way is not answered by the server
   * until it gives up (`IdempotentNotReady` of KurrentDB's `IndexWriter`); after the first answer it is answered at once.
   */
  readonly #queue = new SerialQueue();

  constructor(
    private readonly client: LogClient,
    private readonly reader: LogReader,
    private readonly scope: LogScope,
  ) {}

  /** @throws EventIdTaken, AppendTooLarge, EventStoreUnavailable; nothing was written then. */
  async append(append: StreamAppend): Promise<AppendResult> {
    const stream = this.scope.nameOnServer(append.stream);
    const events = proposedEvents(append.events);
    return this.#queue.run(stream, () => this.#send(stream, append, events));
  }

  /** Resolves once every append that was handed over is answered. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }

  async #send(stream: string, append: StreamAppend, events: readonly ProposedEvent[]): Promise<AppendResult> {
    try {
      const position = await this.client.append(stream, append.expected, events);
      if (position !== undefined) return { outcome: 'appended', position };
    } catch (error) {
      return resultOfFailure(error, append);
    }
    return this.#repeated(stream, append);
  }

  /** The server knows a repetition, but where the events are it says only once it has indexed them. */
  async #repeated(stream: string, { expected, events }: StreamAppend): Promise<AppendResult> {
    const from = revisionAfter(expected) + events.length - 1;
    try {
      const [last] = await this.reader.read(streamRequest(stream, { from, count: 1, backwards: false }));
      if (last?.id === events.at(-1)?.id && last) return { outcome: 'appended', position: last.position };
      return { outcome: 'unknown', cause: new Error('The event store says it has the events, but not where') };
    } catch (cause) {
      return { outcome: 'unknown', cause };
    }
  }
}
