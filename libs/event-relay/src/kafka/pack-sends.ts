import type { Message } from 'kafkajs';
import type { RelayMessage } from '../messages/relay-message.js';
import { partitionOfKey } from './partition-of-key.js';
import type { TopicCapacities, TopicCapacity } from './prepare-topics.js';
import { batchOverhead, recordSize } from './record-size.js';

/** What goes to the brokers in one call. */
export interface Send {
  readonly topicMessages: readonly { readonly topic: string; readonly messages: Message[] }[];
  /** The partitions concerned, as `<topic>/<partition>`. */
  readonly partitions: ReadonlySet<string>;
  readonly messages: number;
  readonly bytes: number;
}

/** Most messages in one send: the client's work per message grows with their number. */
const mostMessages = 4_096;

/**
 * Cuts messages into sends, in order, such that no partition gets more in one send than the broker takes as one batch:
 * the client makes one batch of all that a send has for a partition.
 */
export function* packSends(messages: Iterable<RelayMessage>, capacities: TopicCapacities): Generator<Send> {
  let send = new SendBuilder();
  for (const message of messages) {
    const topic = capacities.get(message.topic) as TopicCapacity;
    const partition = partitionOfKey(message.key, topic.partitions);
    const size = recordSize(message);
    if (!send.hasRoomFor(topic, partition, size)) {
      yield send;
      send = new SendBuilder();
    }
    send.add(topic, partition, size, message);
  }
  if (send.messages > 0) yield send;
}

class SendBuilder implements Send {
  readonly #topics = new Map<string, Message[]>();
  readonly #batchBytes = new Map<string, number>();
  messages = 0;
  bytes = 0;

  get topicMessages(): Send['topicMessages'] {
    return Array.from(this.#topics, ([topic, messages]) => ({ topic, messages }));
  }

  get partitions(): ReadonlySet<string> {
    return new Set(this.#batchBytes.keys());
  }

  hasRoomFor({ name, maxBatchBytes }: TopicCapacity, partition: number, size: number): boolean {
    if (this.messages === 0) return true;
    const taken = this.#batchBytes.get(`${name}/${partition}`) ?? batchOverhead;
    return this.messages < mostMessages && taken + size <= maxBatchBytes;
  }

  add({ name }: TopicCapacity, partition: number, size: number, { key, value, headers }: RelayMessage): void {
    const place = `${name}/${partition}`;
    this.#batchBytes.set(place, (this.#batchBytes.get(place) ?? batchOverhead) + size);
    let messages = this.#topics.get(name);
    if (messages === undefined) this.#topics.set(name, (messages = []));
    messages.push({ key, value, headers, partition });
    this.messages++;
    this.bytes += size;
  }
}
