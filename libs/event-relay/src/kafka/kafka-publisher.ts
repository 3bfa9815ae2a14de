import { type Admin, type Kafka, Partitioners, type Producer, type RecordMetadata } from 'kafkajs';
import type { RelayMessage } from '../messages/relay-message.js';
import { type Publisher, PublisherUnavailable, type PublishResult } from '../relay/publisher.js';
import { Connections } from './connections.js';
import { kafkaClients, sendRetries } from './create-kafka.js';
import { useOwnEncoding } from './encoding/own-encoding.js';
import type { KafkaSettings } from './kafka-settings.js';
import { packSends, type Send } from './pack-sends.js';
import { prepareTopics, type TopicCapacities, type TopicCapacity } from './prepare-topics.js';
import { batchOverhead, isSurelyWithin, recordSize } from './record-size.js';
import type { RelayLogger } from './relay-logger.js';
import { type TopicLayout, topicLayouts } from './topic-layout.js';
import { TopicsRefused } from './topics-refused.js';

export interface KafkaPublisherOptions {
  readonly settings: KafkaSettings;
  readonly logger: RelayLogger;
  /** After which an answer of a broker counts as lost, milliseconds. Default 15,000. */
  readonly requestTimeoutMs?: number;
  /** After which a send is given up whatever its client thinks, milliseconds. Default 300,000: longer than tries take that are answered. */
  readonly sendTimeoutMs?: number;
}

/** Answers that say of a batch that it will never be taken. */
const refusals: ReadonlySet<unknown> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

/**
 * Publishes through kafkajs in the one way that neither loses nor swallows a message there (docs/decisions/kafka-client.md):
 * one send at a time on an idempotent producer, which is thrown away after anything but a full acknowledgement.
 */
export class KafkaPublisher implements Publisher {
  readonly #clientOn: (connections: Connections) => Kafka;
  readonly #sendTimeoutMs: number;
  readonly #layouts: readonly TopicLayout[];
  readonly #logger: RelayLogger;
  #producer: Producer | undefined;
  #connections = new Connections();
  #kafka: Kafka;
  /** Fails the send under way; undefined where none is. */
  #abandon: ((error: Error) => void) | undefined;
  /** As the last `open` found them. */
  #capacities: TopicCapacities | undefined;
  #closed = false;

  /** @throws where the file of the certificate authority cannot be read. */
  constructor({ settings, logger, requestTimeoutMs = 15_000, sendTimeoutMs = 300_000 }: KafkaPublisherOptions) {
    const clientOf = kafkaClients(settings, logger, requestTimeoutMs);
    this.#clientOn = (connections) => clientOf((address) => connections.open(address));
    this.#kafka = this.#clientOn(this.#connections);
    this.#sendTimeoutMs = sendTimeoutMs;
    this.#layouts = topicLayouts(settings.topics);
    this.#logger = logger;
  }

  async open(nothingPublished: boolean): Promise<void> {
    if (this.#producer) return;
    try {
      this.#capacities = await this.#asAdmin((admin) => prepareTopics(admin, this.#layouts, nothingPublished));
      await useOwnEncoding(this.#logger);
      this.#producer = await this.#connect();
      if (this.#closed) await this.reset();
    } catch (error) {
      if (error instanceof TopicsRefused || error instanceof PublisherUnavailable) throw error;
      throw new PublisherUnavailable('The Kafka brokers cannot be used now', { cause: error });
    }
  }

  obstacle(message: RelayMessage): string | undefined {
    const { name, maxBatchBytes } = this.#topics().get(message.topic) as TopicCapacity;
    if (isSurelyWithin(maxBatchBytes, message)) return undefined;
    const size = batchOverhead + recordSize(message);
    return size <= maxBatchBytes
      ? undefined
      : `a message of ${size} bytes for ${name}, which takes at most ${maxBatchBytes} (max.message.bytes)`;
  }

  async publish(messages: readonly RelayMessage[]): Promise<PublishResult> {
    for (const send of packSends(messages, this.#topics())) {
      try {
        if (!this.#producer) throw new Error('The publisher is closed');
        assertConfirmed(send, await this.#send(this.#producer, send));
      } catch (error) {
        this.#discard();
        const { type } = error as { readonly type?: unknown };
        return refusals.has(type)
          ? { outcome: 'refused', reason: `the broker answered ${String(type)}` }
          : { outcome: 'unknown', cause: error };
      }
    }
    return { outcome: 'acknowledged' };
  }

  /** A send under way fails at once, an `open` once it gets that far, and nothing is sent any more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#abandon) {
      // The client would wait for its answer, and then try it again.
      this.#connections.end();
      this.#abandon(new Error('The publisher is closed'));
    }
    await this.reset();
    this.#connections.end();
  }

  async reset(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect();
  }

  #topics(): TopicCapacities {
    if (!this.#capacities) throw new Error('The publisher was never open');
    return this.#capacities;
  }

  /** Where a producer reaches a broker and is given no id, its connection would stay open. */
  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: sendRetries,
    });
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  /**
   * The client goes by the clock of the machine: where that is set back while an answer is waited for, or while a broker has it
   * send less, the client waits for as much longer. Who gives a send up ends its connections with it (`#discard`).
   */
  #send(producer: Producer, { topicMessages }: Send): Promise<readonly RecordMetadata[]> {
    let timer: NodeJS.Timeout | undefined;
    return new Promise<readonly RecordMetadata[]>((resolve, reject) => {
      this.#abandon = reject;
      const giveUp = () => reject(new Error(`The client has not answered for a send within ${this.#sendTimeoutMs} ms`));
      timer = setTimeout(giveUp, this.#sendTimeoutMs);
      producer.sendBatch({ acks: -1, topicMessages: [...topicMessages] }).then(resolve, reject);
    }).finally(() => {
      clearTimeout(timer);
      this.#abandon = undefined;
    });
  }

  /**
   * A producer that has failed once numbers its next batches wrongly. Its connections end with it, and it makes no more of them:
   * what it has handed over already, or would try again, must not arrive behind what the next one sends.
   */
  #discard(): void {
    const [producer, connections] = [this.#producer, this.#connections];
    this.#producer = undefined;
    if (!this.#closed) {
      this.#connections = new Connections();
      this.#kafka = this.#clientOn(this.#connections);
    }
    connections.end();
    producer?.disconnect().catch(() => undefined);
  }

  async #asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      return await work(admin);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

/**
 * The client reports success, with messages left out, where the leader of a partition moves between two tries of one send to
 * a broker that has answered the first.
 */
function assertConfirmed({ partitions }: Send, acks: readonly RecordMetadata[]): void {
  const confirmed = new Set(acks.map(({ topicName, partition }) => `${topicName}/${partition}`));
  const missing = [...partitions].filter((place) => !confirmed.has(place));
  if (missing.length > 0) throw new Error(`The client confirmed a send without ${missing.join(', ')}`);
}
