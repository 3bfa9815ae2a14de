import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Admin, Kafka, logLevel } from 'kafkajs';
import { KafkaPublisher } from '../kafka/kafka-publisher.js';
import type { KafkaSettings } from '../kafka/kafka-settings.js';
import { topicLayouts, type TopicSettings } from '../kafka/topic-layout.js';
import { topicName, type TopicRole } from '../messages/relay-message.js';
import { ContractConsumer } from './contract-consumer.js';
import { readTopics, type ReceivedMessage } from './read-topics.js';
import { silentLogger } from './silent-logger.js';
import { StateConsumer } from './state-consumer.js';

const hour = 3_600_000;

/** Topics of one test's own on brokers that others may use as well. */
export class TopicsUnderTest {
  readonly settings: KafkaSettings;

  constructor(
    private readonly bootstrap: string,
    topics: Partial<TopicSettings> = {},
  ) {
    this.settings = {
      brokers: bootstrap.split(','),
      clientId: 'relay-under-test',
      tls: undefined,
      sasl: undefined,
      topics: {
        prefix: `test-${randomUUID()}`,
        partitions: 3,
        replicationFactor: 1,
        eventRetentionMs: 12 * hour,
        tombstoneRetentionMs: 6 * hour,
        ...topics,
      },
    };
  }

  name(role: TopicRole): string {
    return topicName(this.settings.topics.prefix, role);
  }

  /** One whose lost answers are noticed soon. */
  publisher(settings = this.settings): KafkaPublisher {
    return new KafkaPublisher({ settings, logger: silentLogger, requestTimeoutMs: 1_000 });
  }

  read(role: TopicRole): Promise<readonly ReceivedMessage[]> {
    return readTopics(this.bootstrap, [this.name(role)]);
  }

  /** Makes them as the relay would. Resolves once the brokers serve every partition, which is seconds after they say so. */
  make(): Promise<void> {
    return this.asAdmin(async (admin) => {
      const layouts = topicLayouts(this.settings.topics);
      const topics = layouts.map(({ name, partitions, replicationFactor, config }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      }));
      await admin.createTopics({ topics });
      for (const { name } of layouts) await untilServed(() => admin.fetchTopicOffsets(name));
    });
  }

  /**
   * Writes to every partition until a broker has entered it in its indexes (every index.interval.bytes, 4,096). The first entry
   * of a segment can take a broker 40 ms, half a second for twelve partitions: so long it takes to get the file's first page.
   */
  async writeToEachPartition(): Promise<void> {
    const producer = this.#client().producer();
    await producer.connect();
    try {
      const topicMessages = topicLayouts(this.settings.topics).map(({ name, partitions }) => ({
        topic: name,
        messages: Array.from({ length: partitions }, (_, partition) => ({
          key: 'x',
          value: 'x'.repeat(8_192),
          partition,
        })),
      }));
      // What a send fills up, the next one enters.
      await producer.sendBatch({ acks: -1, topicMessages });
      await producer.sendBatch({ acks: -1, topicMessages });
    } finally {
      await producer.disconnect();
    }
  }

  /** How large a message every one of them takes from now on, as an operator would set it. */
  async take(messageBytes: number): Promise<void> {
    for (const { role } of topicLayouts(this.settings.topics)) {
      await this.configure(role, { 'max.message.bytes': String(messageBytes) });
    }
  }

  /** Sets one of them otherwise, as an operator would. */
  configure(role: TopicRole, changes: Readonly<Record<string, string>>): Promise<void> {
    return this.asAdmin(async (admin) => {
      const layout = topicLayouts(this.settings.topics).find((topic) => topic.role === role);
      // What is not named goes back to its default.
      const configEntries = Object.entries({ ...layout?.config, ...changes }).map(([name, value]) => ({ name, value }));
      const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: this.name(role), configEntries };
      await admin.alterConfigs({ validateOnly: false, resources: [resource] });
    });
  }

  async events(): Promise<ContractConsumer> {
    return new ContractConsumer(await this.read('events'));
  }

  async states(role: Exclude<TopicRole, 'events'>): Promise<StateConsumer> {
    return new StateConsumer(await this.read(role));
  }

  async asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#client().admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  #client(): Kafka {
    return new Kafka({ brokers: this.bootstrap.split(','), logLevel: logLevel.NOTHING });
  }
}

async function untilServed(ask: () => Promise<unknown>): Promise<void> {
  for (const deadline = performance.now() + 60_000; ; await pause(100)) {
    try {
      await ask();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
