import type { ReceivedMessage } from './read-topics.js';

/** A jump of a key's revisions: what lies between was lost. */
export interface Gap {
  readonly key: string;
  readonly after: number;
  readonly next: number;
}

/** A consumer of the topic of events that keeps to the contract (docs/kafka.md) and counts what it cost. */
export class ContractConsumer {
  readonly #seen = new Map<string, number>();
  /** Ids of the events it has acted on, by key. */
  readonly accepted = new Map<string, string[]>();
  readonly gaps: Gap[] = [];
  dropped = 0;

  constructor(messages: Iterable<ReceivedMessage> = []) {
    for (const message of messages) this.take(message);
  }

  take({ key, headers }: ReceivedMessage): void {
    const revision = Number(headers['ce_streamrevision']);
    const last = this.#seen.get(key) ?? -1;
    if (revision <= last) {
      this.dropped++;
      return;
    }
    if (revision > last + 1) this.gaps.push({ key, after: last, next: revision });
    this.#seen.set(key, revision);
    const accepted = this.accepted.get(key) ?? [];
    this.accepted.set(key, accepted);
    accepted.push(headers['ce_id'] as string);
  }
}
