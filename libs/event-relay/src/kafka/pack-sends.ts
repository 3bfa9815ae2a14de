import type { RelayMessage } from '../messages/relay-message.js';
import { OutgoingRecord } from './encoding/outgoing-record.js';
import { partitionOfKey } from './partition-of-key.js';
import type { TopicCapacities, TopicCapacity } from './prepare-topics.js';
import { batchOverhead } from './record-size.js';

/** What goes to the brokers in one call. */
export interface Send {
  readonly topicMessages: readonly { readonly topic: string; readonly messages: OutgoingRecord[] }[];
  /** The partitions concerned, as `<topic>/<partition>`. */
  readonly partitions: ReadonlySet<string>;
  readonly messages: number;
}

/** Most messages in one send: the client's work per message grows with their number. */
const mostMessages = 4_096;
/** Most bytes in one send, about: a third of what a broker takes as one request by its defaults (`socket.request.max.bytes`). */
const mostBytes = 32 * 1024 * 1024;

/**
 * Cuts messages into sends, in order, such that no partition gets more in one send than the broker takes as one batch:
 * the client makes one batch of all that a send has for a partition.
 */
export function* packSends(messages: Iterable<RelayMessage>, capacities: TopicCapacities): Generator<Send> {
  let send = new SendBuilder();
  for (const message of messages) {
    const topic = capacities.get(message.topic) as TopicCapacity;
    const record = new OutgoingRecord(message, partitionOfKey(message.key, topic.partitions));
    if (!send.hasRoomFor(topic, record)) {
      yield send;
      send = new SendBuilder();
    }
    send.add(topic, record);
  }
  if (send.messages > 0) yield send;
}

/** What a send has for one topic. */
interface TopicShare {
  readonly messages: OutgoingRecord[];
  /** By partition. */
  readonly batchBytes: number[];
}

class SendBuilder implements Send {
  readonly #shares = new Map<string, TopicShare>();
  messages = 0;
  #bytes = 0;

  get topicMessages(): Send['topicMessages'] {
    return Array.from(this.#shares, ([topic, { messages }]) => ({ topic, messages }));
  }

  get partitions(): ReadonlySet<string> {
    return new Set(
      [...this.#shares].flatMap(([topic, { batchBytes }]) =>
        Object.keys(batchBytes).map((partition) => `${topic}/${partition}`),
      ),
    );
  }

  hasRoomFor({ name, maxBatchBytes }: TopicCapacity, { partition, size }: OutgoingRecord): boolean {
    if (this.messages === 0) return true;
    const taken = this.#shares.get(name)?.batchBytes[partition] ?? batchOverhead;
    return this.messages < mostMessages && this.#bytes + size <= mostBytes && taken + size <= maxBatchBytes;
  }

  add({ name }: TopicCapacity, record: OutgoingRecord): void {
    let share = this.#shares.get(name);
    if (share === undefined) this.#shares.set(name, (share = { messages: [], batchBytes: [] }));
    const { messages, batchBytes } = share;
    messages.push(record);
    batchBytes[record.partition] = (batchBytes[record.partition] ?? batchOverhead) + record.size;
    this.messages++;
    this.#bytes += record.size;
  }
}
