import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs';
import type { TopicRole } from '../messages/relay-message.js';
import { PublisherUnavailable } from '../relay/publisher.js';
import type { TopicLayout } from './topic-layout.js';
import { TopicsRefused } from './topics-refused.js';

/** What a topic takes. */
export interface TopicCapacity {
  readonly name: string;
  readonly partitions: number;
  /** Largest batch of records, bytes: the broker's bound is on that, not on one message. */
  readonly maxBatchBytes: number;
}

export type TopicCapacities = ReadonlyMap<TopicRole, TopicCapacity>;

const startOver = 'let the relay start over ("relay start-over" of the operators\' command line)';

/**
 * Creates the topics where nothing was ever published, and else demands that they are there; then compares them with what
 * they have to be. A topic that vanished is not made again in silence: what it held would be missing from the new one.
 *
 * @throws TopicsRefused
 * @throws PublisherUnavailable there are too few brokers for the replicas; others may be about to start.
 */
export async function prepareTopics(
  admin: Admin,
  layouts: readonly TopicLayout[],
  nothingPublished: boolean,
): Promise<TopicCapacities> {
  const existing = new Set(await admin.listTopics());
  const missing = layouts.filter(({ name }) => !existing.has(name));
  if (missing.length > 0 && !nothingPublished) {
    throw new TopicsRefused(
      missing.map(({ name }) => `${name} is missing, but events were published before: ${startOver}.`),
    );
  }
  await createTopics(admin, missing);
  const { topics } = await admin.fetchTopicMetadata({ topics: layouts.map(({ name }) => name) });
  const configs = await readConfigs(admin, layouts);
  const reasons = layouts.flatMap((layout) => [
    ...shapeDifferences(layout, topics),
    ...configDifferences(layout, configs.get(layout.name) ?? new Map()),
  ]);
  if (reasons.length > 0) throw new TopicsRefused(reasons);
  return new Map(
    layouts.map(({ role, name, partitions }) => {
      return [role, { name, partitions, maxBatchBytes: Number(configs.get(name)?.get('max.message.bytes')) }];
    }),
  );
}

async function createTopics(admin: Admin, layouts: readonly TopicLayout[]): Promise<void> {
  if (layouts.length === 0) return;
  const { brokers } = await admin.describeCluster();
  const replicas = Math.max(...layouts.map(({ replicationFactor }) => replicationFactor));
  if (brokers.length < replicas) {
    const has = `the cluster has ${brokers.length} brokers now`;
    throw new PublisherUnavailable(
      `The topics are to have ${replicas} replicas (KAFKA_REPLICATION_FACTOR), but ${has}`,
    );
  }
  await admin.createTopics({
    waitForLeaders: true,
    topics: layouts.map(({ name, partitions, replicationFactor, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
    })),
  });
}

type Config = ReadonlyMap<string, string>;

async function readConfigs(admin: Admin, layouts: readonly TopicLayout[]): Promise<ReadonlyMap<string, Config>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: layouts.map(({ name }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => {
      return [resourceName, new Map(configEntries.map(({ configName, configValue }) => [configName, configValue]))];
    }),
  );
}

function shapeDifferences(layout: TopicLayout, topics: readonly ITopicMetadata[]): readonly string[] {
  const partitions = topics.find(({ name }) => name === layout.name)?.partitions ?? [];
  const fewest = Math.min(...partitions.map(({ replicas }) => replicas.length));
  // A partition that is being moved has those to be and those that were.
  const replicas = Math.min(fewest, layout.replicationFactor);
  return [
    ...difference(layout.name, 'partitions', partitions.length, layout.partitions),
    ...difference(layout.name, 'replicas', replicas, layout.replicationFactor),
  ];
}

function configDifferences({ name, config }: TopicLayout, actual: Config): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => difference(name, key, actual.get(key), value));
}

const difference = (topic: string, what: string, is: string | number | undefined, expected: string | number) =>
  is === expected ? [] : [`${topic} has ${what} ${is}, not ${expected}.`];
