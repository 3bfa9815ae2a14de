import { createRequire } from 'node:module';
import type { Message, RecordMetadata } from 'kafkajs';
import { silentLogger } from './silent-logger.js';

/** What reaches a partition in one request. */
interface Batch {
  readonly partition: number;
  readonly firstSequence: number;
  readonly messages: readonly Message[];
}

interface ProduceRequest {
  readonly topicData: readonly { readonly topic: string; readonly partitions: readonly Batch[] }[];
}

type Send = (request: object) => Promise<readonly RecordMetadata[]>;

const require = createRequire(import.meta.url);
const inside = <T>(module: string) => require(`kafkajs/src/${module}`) as T;
const createSendMessages = inside<(parts: object) => Send>('producer/sendMessages');
const createEosManager = inside<(parts: object) => { initProducerId(): Promise<void> }>('producer/eosManager');
const createRetry = inside<(options: object) => unknown>('retry');
const { KafkaJSRequestTimeoutError } = inside<{ KafkaJSRequestTimeoutError: new (message: string) => Error }>('errors');

/** What a broker does with the next request it gets. */
export type Handling = 'answer' | 'lose the answer' | 'hand over and be away';

/** Kafka's rule of an idempotent producer's batches: a repeated one is acknowledged and not written again. */
class StandInPartition {
  readonly written: string[] = [];
  #next = 0;
  readonly #taken = new Set<string>();

  take({ firstSequence, messages }: Batch): void {
    const batch = `${firstSequence}+${messages.length}`;
    if (this.#taken.has(batch)) return;
    if (firstSequence !== this.#next) throw new Error('out of order sequence number');
    this.#taken.add(batch);
    this.#next += messages.length;
    this.written.push(...messages.map(({ value }) => String(value)));
  }
}

/** The send path of kafkajs's idempotent producer as it is shipped, on brokers that stand in for Kafka's. */
export class ProbedClient {
  readonly partitions: readonly StandInPartition[];
  /** By partition, which of the two brokers leads it. */
  readonly #leaders: number[];
  readonly #handling: Handling[][];
  #send: Send | undefined;

  /** @param leaders by partition, the broker that leads it at first. */
  constructor(leaders: readonly number[]) {
    this.#leaders = [...leaders];
    this.partitions = leaders.map(() => new StandInPartition());
    this.#handling = [[], []];
  }

  /** What a broker does with its next requests; then it answers. */
  next(broker: number, ...handling: readonly Handling[]): void {
    this.#handling[broker]?.push(...handling);
  }

  /** @param retries of a send that was not acknowledged. */
  async connect(retries = 2): Promise<void> {
    const cluster = this.#cluster();
    const eosManager = createEosManager({ logger: { ...silentLogger, error: () => undefined }, cluster });
    await eosManager.initProducerId();
    const retrier = createRetry({ retries, initialRetryTime: 1, maxRetryTime: 1, factor: 0, multiplier: 1 });
    const partitioner = ({ message }: { readonly message: Message }) => message.partition;
    const logger = { ...silentLogger, error: () => undefined };
    this.#send = createSendMessages({ logger, cluster, partitioner, eosManager, retrier });
  }

  send(...messages: readonly { readonly value: string; readonly partition: number }[]) {
    return this.#send?.({ acks: -1, topicMessages: [{ topic: 'events', messages }] }) as ReturnType<Send>;
  }

  #produce(broker: number, { topicData }: ProduceRequest) {
    const handling = this.#handling[broker]?.shift() ?? 'answer';
    if (handling === 'hand over and be away') {
      this.#leaders.forEach((leader, partition) => leader === broker && (this.#leaders[partition] = 1 - broker));
      throw new KafkaJSRequestTimeoutError('no answer');
    }
    for (const { partitions } of topicData) {
      for (const batch of partitions) this.partitions[Number(batch.partition)]?.take(batch);
    }
    if (handling === 'lose the answer') throw new KafkaJSRequestTimeoutError('no answer');
    return {
      topics: topicData.map(({ topic, partitions }) => ({
        topicName: topic,
        partitions: partitions.map(({ partition }) => ({ partition: Number(partition), errorCode: 0 })),
      })),
    };
  }

  #cluster() {
    const brokers = [0, 1].map((nodeId) => ({
      nodeId,
      produce: async (request: ProduceRequest) => this.#produce(nodeId, request),
      initProducerId: async () => ({ producerId: 1, producerEpoch: 0 }),
    }));
    const leadersOf = (partitions: readonly string[]) => {
      const led: Record<number, number[]> = {};
      for (const partition of partitions.map(Number)) (led[this.#leaders[partition] as number] ??= []).push(partition);
      return led;
    };
    return {
      retry: {},
      isConnected: () => true,
      addMultipleTargetTopics: async () => undefined,
      refreshMetadata: async () => undefined,
      refreshMetadataIfNecessary: async () => undefined,
      findControllerBroker: async () => brokers[0],
      findTopicPartitionMetadata: () => this.#leaders.map((leader, partitionId) => ({ partitionId, leader })),
      findLeaderForPartitions: (_: string, partitions: readonly string[]) => leadersOf(partitions),
      findBroker: async ({ nodeId }: { readonly nodeId: string }) => brokers[Number(nodeId)],
    };
  }
}
