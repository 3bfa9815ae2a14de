import { Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import { partitionOfKey } from '../kafka/partition-of-key.js';
import type { RelayMessage } from '../messages/relay-message.js';
import type { TopicsUnderTest } from './topics-under-test.js';

/** What goes to the brokers in one call, as the client takes it. */
export type ReadySend = readonly { readonly topic: string; readonly messages: Message[] }[];

/** The client without a relay around it: what a relay can be compared with. */
export class BareProducer {
  private constructor(
    private readonly producer: Producer,
    private readonly topics: TopicsUnderTest,
  ) {}

  /** Makes the topics. */
  static async open(topics: TopicsUnderTest): Promise<BareProducer> {
    await topics.make();
    const kafka = new Kafka({ brokers: [...topics.settings.brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    await producer.connect();
    return new BareProducer(producer, topics);
  }

  /** @param lengths how many of the messages each send takes, in order. */
  prepare(messages: readonly RelayMessage[], lengths: readonly number[]): readonly ReadySend[] {
    let next = 0;
    return lengths.map((length) => this.#ready(messages.slice(next, (next += length))));
  }

  async send(send: ReadySend): Promise<void> {
    await this.producer.sendBatch({ acks: -1, topicMessages: [...send] });
  }

  close(): Promise<void> {
    return this.producer.disconnect();
  }

  #ready(messages: readonly RelayMessage[]): ReadySend {
    const { partitions } = this.topics.settings.topics;
    const byTopic = Map.groupBy(messages, ({ topic }) => this.topics.name(topic));
    return Array.from(byTopic, ([topic, those]) => ({
      topic,
      messages: those.map(({ key, value, headers }) => ({
        key,
        value,
        headers,
        partition: partitionOfKey(key, partitions),
      })),
    }));
  }
}
