import type { JsonObject } from '#kernel';
import type { ReceivedMessage } from './read-topics.js';

/** A consumer of a topic of states that keeps to the contract: what is older than what it knows of a key is dropped. */
export class StateConsumer {
  readonly #revisions = new Map<string, number>();
  readonly #states = new Map<string, JsonObject>();
  dropped = 0;

  constructor(messages: Iterable<ReceivedMessage> = []) {
    for (const message of messages) this.take(message);
  }

  /** By key, what is. */
  get states(): ReadonlyMap<string, JsonObject> {
    return this.#states;
  }

  take({ key, value, headers }: ReceivedMessage): void {
    const revision = Number(headers['ce_streamrevision']);
    if (revision < (this.#revisions.get(key) ?? 0)) {
      this.dropped++;
      return;
    }
    this.#revisions.set(key, revision);
    if (value === null) this.#states.delete(key);
    else this.#states.set(key, JSON.parse(value) as JsonObject);
  }
}
