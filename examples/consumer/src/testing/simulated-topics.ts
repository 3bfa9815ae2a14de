import type { ProvisioningMessage } from '../contract/provisioning-message.js';
import type { ProvisioningTopics, Reading, TopicsReader } from '../contract/provisioning-topics.js';

export type Role = 'events' | 'users' | 'groups' | 'memberships';

const roles: readonly Role[] = ['users', 'groups', 'memberships'];

interface Partition {
  readonly role: Role;
  /** By offset; undefined is what the brokers have removed. */
  readonly log: (ProvisioningMessage | undefined)[];
}

/** How far a reading is. */
interface Following {
  readonly reader: TopicsReader;
  /** Next offset by partition, and where the partition ended when the reading began. */
  readonly places: Map<Partition, { next: number; readonly end: number }>;
  isCaughtUp: boolean;
}

/** Topics in memory. What is published is visible at once, to readers as well; each topic has as many partitions as said. */
export class SimulatedTopics implements ProvisioningTopics {
  readonly #partitions: readonly Partition[];
  readonly #followings = new Set<Following>();
  /** Called between two looks at partitions: what a test lets happen there. */
  meanwhile: () => void = () => undefined;

  constructor(private readonly partitionsOfTopic: number) {
    this.#partitions = ['events' as const, ...roles].flatMap((role) =>
      Array.from({ length: partitionsOfTopic }, () => ({ role, log: [] })),
    );
  }

  /** The place of a key's messages. */
  partitionOf(role: Role, key: string): number {
    const hash = [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
    return this.#partitions.findIndex((partition) => partition.role === role) + (hash % this.partitionsOfTopic);
  }

  append(partition: number, messages: readonly ProvisioningMessage[]): void {
    this.#partitions[partition]?.log.push(...messages);
    for (const following of this.#followings) if (following.isCaughtUp) this.#handOver(following);
  }

  /** The brokers remove the oldest events. */
  expire(isKept: () => boolean): void {
    for (const { log } of this.#partitions.filter(({ role }) => role === 'events')) {
      for (let offset = 0; offset < log.length && !isKept(); offset++) log[offset] = undefined;
    }
  }

  /** The brokers remove what is not the last of its key. @param isOver which tombstones are to go as well. */
  compact(isOver: (tombstone: ProvisioningMessage) => boolean): void {
    for (const { log } of this.#partitions.filter(({ role }) => role !== 'events')) {
      const last = new Map(log.map((message, offset) => [message?.key, offset]));
      for (const [offset, message] of log.entries()) {
        if (message === undefined) continue;
        if (last.get(message.key) !== offset || (message.value === null && isOver(message))) log[offset] = undefined;
      }
    }
  }

  async untilThere(): Promise<void> {}

  async read(makeReader: () => TopicsReader): Promise<Reading> {
    const reader = makeReader();
    const places: Following['places'] = new Map();
    for (const partition of this.#partitions.filter(({ role }) => role === 'events')) {
      this.meanwhile();
      places.set(partition, { next: 0, end: partition.log.length });
    }
    const states: ProvisioningMessage[] = [];
    for (const { log } of this.#partitions.filter(({ role }) => role !== 'events')) {
      this.meanwhile();
      states.push(...log.filter((message) => message !== undefined));
    }
    for (const message of states) reader.state(message);
    const following = { reader, places, isCaughtUp: false };
    this.#followings.add(following);
    this.#handOver(following);
    return { stop: async () => void this.#followings.delete(following) };
  }

  #handOver(following: Following): void {
    const { reader, places } = following;
    for (const [{ log }, place] of places) {
      while (place.next < log.length) {
        const message = log[place.next++];
        if (message) reader.event(message, place.next <= place.end);
        if (!following.isCaughtUp) this.meanwhile();
      }
    }
    if (following.isCaughtUp) return;
    following.isCaughtUp = true;
    reader.caughtUp();
    this.#handOver(following);
  }
}
