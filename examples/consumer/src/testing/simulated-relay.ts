import type { Published } from './published-history.js';
import type { SimulatedTopics } from './simulated-topics.js';

/** What a relay does next. */
export type Step =
  /** Its messages become visible partition by partition. */
  | { readonly does: 'send'; readonly messages: readonly Published[]; readonly isTornOff: boolean }
  /** Some time goes by: brokers remove what is old. */
  | { readonly does: 'pause'; readonly isOver: (tombstone: Published['message']) => boolean };

/** Publishes one send after another. In which order partitions become visible is chosen by the test. */
export class SimulatedRelay {
  /** Messages by partition that are on their way. */
  #sending: (readonly [partition: number, messages: readonly Published['message'][]])[] = [];
  #steps: Step[] = [];

  constructor(
    private readonly topics: SimulatedTopics,
    /** A number from 0 to less than the given one. */
    private readonly choose: (below: number) => number,
  ) {}

  plan(...steps: readonly Step[]): void {
    this.#steps.push(...steps);
  }

  /** @returns whether there was something to do. */
  goOn(): boolean {
    return this.goOnSending() || this.#pause();
  }

  /** Makes one more partition visible. No time goes by. */
  goOnSending(): boolean {
    if (this.#sending.length === 0 && !this.#begin()) return false;
    const [batch] = this.#sending.splice(this.choose(this.#sending.length), 1);
    if (batch) this.topics.append(...batch);
    return true;
  }

  #begin(): boolean {
    const step = this.#steps[0];
    if (step?.does !== 'send') return false;
    const batches = new Map<number, Published['message'][]>();
    for (const { role, message } of step.messages) {
      const partition = this.topics.partitionOf(role, message.key);
      batches.set(partition, [...(batches.get(partition) ?? []), message]);
    }
    this.#sending = [...batches];
    if (step.isTornOff) {
      // Some partitions got it, and the relay does all of it again.
      while (this.#sending.length > 1 && this.choose(2) === 0)
        this.#sending.splice(this.choose(this.#sending.length), 1);
      this.#steps[0] = { ...step, isTornOff: false };
    } else this.#steps.shift();
    return this.#sending.length > 0;
  }

  #pause(): boolean {
    const step = this.#steps.shift();
    if (step?.does !== 'pause') return false;
    this.topics.expire(() => this.choose(3) === 0);
    if (this.choose(2) === 0) this.topics.compact(step.isOver);
    return true;
  }
}
