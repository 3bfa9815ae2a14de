import type { RelayMessage } from '../messages/relay-message.js';
import { type Publisher, PublisherUnavailable, type PublishResult } from '../relay/publisher.js';

/** Stands in for Kafka where only the relay's own doing is looked at. Keeps to what `Publisher` promises. */
export class InMemoryPublisher implements Publisher {
  /** Messages of each call that was acknowledged. */
  readonly sends: number[] = [];
  /** Whether a message is too large, by its value. */
  tooLarge: (message: RelayMessage) => boolean = () => false;
  /** Whether the brokers refuse a message although it seemed small enough. */
  refused: (message: RelayMessage) => boolean = () => false;
  /** Which sends end without an answer, before their messages were taken. */
  lost: (messages: readonly RelayMessage[]) => boolean = () => false;
  away = false;
  #open = false;
  #busy = false;
  #nap: (() => Promise<void>) | undefined;
  readonly #lost: ('before' | 'after')[] = [];

  /** @param published what is on the topics; several publishers may share it. */
  constructor(readonly published: RelayMessage[] = []) {}

  /** The next call of `publish` sleeps before it does anything, until it is woken. */
  sleep(): { readonly asleep: Promise<void>; wake(): void } {
    const [asleep, awake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    this.#nap = () => {
      asleep.resolve();
      return awake.promise;
    };
    return { asleep: asleep.promise, wake: () => awake.resolve() };
  }

  /** The next calls of `publish` end without an answer: before or after the messages were taken. */
  loseNext(...when: readonly ('before' | 'after')[]): void {
    this.#lost.push(...when);
  }

  async open(): Promise<void> {
    if (this.away) throw new PublisherUnavailable('away');
    this.#open = true;
  }

  obstacle(message: RelayMessage): string | undefined {
    return this.tooLarge(message) ? 'too large' : undefined;
  }

  async publish(messages: readonly RelayMessage[]): Promise<PublishResult> {
    if (!this.#open || this.#busy) throw new Error(this.#busy ? 'two sends at once' : 'not open');
    this.#busy = true;
    const nap = this.#nap;
    this.#nap = undefined;
    await (nap?.() ?? new Promise(setImmediate));
    this.#busy = false;
    const result = this.#take(messages);
    if (result.outcome !== 'acknowledged') this.#open = false;
    return result;
  }

  async reset(): Promise<void> {
    this.#open = false;
  }

  close(): Promise<void> {
    return this.reset();
  }

  #take(messages: readonly RelayMessage[]): PublishResult {
    const lost = this.lost(messages) ? 'before' : this.#lost.shift();
    if (lost === 'before') return { outcome: 'unknown', cause: new Error('lost before') };
    if (messages.some(this.refused)) return { outcome: 'refused', reason: 'refused by the brokers' };
    this.published.push(...messages);
    if (lost === 'after') return { outcome: 'unknown', cause: new Error('lost after') };
    this.sends.push(messages.length);
    return { outcome: 'acknowledged' };
  }
}
