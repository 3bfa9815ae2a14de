import type { Published } from './published-history.js';
import type { SimulatedTopics } from './simulated-topics.js';

/** What a relay does next. */
export type Step =
  /** Its messages become visible partition by partition. */
  | { readonly does: 'send'; readonly messages: readonly Published[]; readonly isTornOff: boolean }
  /** An event is too large for its topic; an operator has sent what it leads to. */
  | { readonly does: 'give up'; readonly messages: readonly Published[] }
  /** Some time goes by: brokers remove what is old. */
  | { readonly does: 'pause'; readonly isOver: (tombstone: Published['message']) => boolean };

type Batch = readonly [partition: number, messages: readonly Published['message'][]];

/** Publishes one send after another. In which order partitions become visible is chosen by the test. */
export class SimulatedRelay {
  /** Messages by partition that are on their way. */
  #sending: Batch[] = [];
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
    return this.goOnSending() || this.#giveUp() || this.#pause();
  }

  /** Makes one more partition visible. No time goes by, and nobody gives anything up. */
  goOnSending(): boolean {
    while (this.#sending.length === 0) if (!this.#begin()) return false;
    const [batch] = this.#sending.splice(this.choose(this.#sending.length), 1);
    if (batch) this.topics.append(...batch);
    return true;
  }

  #begin(): boolean {
    const step = this.#steps[0];
    if (step?.does !== 'send') return false;
    this.#sending = this.#batchesOf(step.messages);
    if (step.isTornOff) {
      // Some partitions got it, and the relay does all of it again.
      while (this.#sending.length > 1 && this.choose(2) === 0)
        this.#sending.splice(this.choose(this.#sending.length), 1);
      this.#steps[0] = { ...step, isTornOff: false };
    } else this.#steps.shift();
    return true;
  }

  #batchesOf(messages: readonly Published[]): Batch[] {
    const batches = new Map<number, Published['message'][]>();
    for (const { role, message } of messages) {
      const partition = this.topics.partitionOf(role, message.key);
      batches.set(partition, [...(batches.get(partition) ?? []), message]);
    }
    return [...batches];
  }

  #giveUp(): boolean {
    const step = this.#steps[0];
    if (step?.does !== 'give up') return false;
    this.#steps.shift();
    for (const batch of this.#batchesOf(step.messages)) this.topics.append(...batch);
    return true;
  }

  #pause(): boolean {
    const step = this.#steps.shift();
    if (step?.does !== 'pause') return false;
    this.topics.expire(() => this.choose(3) === 0);
    if (this.choose(2) === 0) this.topics.compact(step.isOver);
    return true;
  }
}
