import type { ClientReadableStream } from '@grpc/grpc-js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from '#event-store';
import type { LogScope } from './log-scope.js';
import { LoggedEvent } from './logged-event.js';
import type { LogPlace } from './read-request.js';

/** What a subscription brought since it was last asked. */
export interface Delivery {
  readonly events: readonly RecordedEvent[];
  /** How far the server has looked; everything of ours up to there has been delivered. */
  readonly reached: LogPlace | undefined;
}

/**
 * One subscription of the server, until it breaks off. It brings its messages in order, and no more of them than the
 * channel's window holds until they are taken: the rest waits in the server.
 */
export class LogFeed {
  readonly #stream: ClientReadableStream<ReadResp>;
  readonly #scope: LogScope;
  readonly #onServed: () => void;
  #ended = false;
  #failure: unknown;
  #wake: () => void = () => {};

  /** @param onServed told once the server has taken the subscription. */
  constructor(stream: ClientReadableStream<ReadResp>, scope: LogScope, onServed: () => void = () => undefined) {
    this.#stream = stream;
    this.#scope = scope;
    this.#onServed = onServed;
    stream.on('readable', () => this.#wake());
    stream.on('end', () => this.#end(new Error('The server ended the subscription')));
    stream.on('error', (error) => this.#end(error));
  }

  /** Why it broke off. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Waits for what comes next, and takes what is about to come with it: messages arrive one by one, and the buffer holds
   * few.
   *
   * @returns undefined where the feed has broken off or was cancelled and nothing is left to take.
   */
  async take(maxEvents: number): Promise<Delivery | undefined> {
    let delivery = await this.#next(maxEvents);
    while (delivery && delivery.events.length < maxEvents) {
      await new Promise(setImmediate);
      const more = this.#drain(maxEvents - delivery.events.length);
      if (!more) break;
      delivery = { events: [...delivery.events, ...more.events], reached: more.reached };
    }
    return delivery;
  }

  cancel(): void {
    this.#stream.cancel();
    this.#end(new Error('The subscription was cancelled'));
  }

  async #next(maxEvents: number): Promise<Delivery | undefined> {
    for (;;) {
      const delivery = this.#drain(maxEvents);
      if (delivery || this.#ended) return delivery;
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** All that has arrived, up to so many events. */
  #drain(maxEvents: number): Delivery | undefined {
    const events: RecordedEvent[] = [];
    let reached: LogPlace | undefined;
    while (events.length < maxEvents) {
      const message = this.#stream.read() as ReadResp | null;
      if (message === null) break;
      if (message.hasConfirmation()) this.#onServed();
      reached = checkpointOf(message) ?? reached;
      const recorded = message.getEvent()?.getEvent();
      if (!recorded) continue;
      events.push(new LoggedEvent(recorded, this.#scope));
      reached = undefined;
    }
    return events.length > 0 || reached ? { events, reached } : undefined;
  }

  #end(failure: unknown): void {
    if (!this.#ended) this.#failure = failure;
    this.#ended = true;
    this.#wake();
  }
}

function checkpointOf(message: ReadResp): LogPlace | undefined {
  const checkpoint = message.getCheckpoint();
  if (!checkpoint) return undefined;
  return { commit: BigInt(checkpoint.getCommitPosition()), prepare: BigInt(checkpoint.getPreparePosition()) };
}
