import { describe, expect, it } from '@jest/globals';
import type { Admin } from 'kafkajs';
import { prepareTopics } from './prepare-topics.js';
import { topicLayouts } from './topic-layout.js';
import { TopicsRefused } from './topics-refused.js';

const layouts = topicLayouts({
  prefix: 'sample',
  partitions: 2,
  replicationFactor: 3,
  eventRetentionMs: 3_600_000,
  tombstoneRetentionMs: 3_600_000,
});

/** Brokers that have the topics, whose partitions have these replicas. */
function brokersWith(...replicasOfPartitions: readonly (readonly number[])[]): Admin {
  const partitions = replicasOfPartitions.map((replicas, partitionId) => {
    return { partitionErrorCode: 0, partitionId, leader: 1, replicas, isr: replicas };
  });
  const configEntries = (config: Readonly<Record<string, string>>) =>
    Object.entries({ ...config, 'max.message.bytes': '1048588' }).map(([configName, configValue]) => {
      return { configName, configValue };
    });
  return {
    listTopics: async () => layouts.map(({ name }) => name),
    fetchTopicMetadata: async () => ({ topics: layouts.map(({ name }) => ({ name, partitions })) }),
    describeConfigs: async () => ({
      resources: layouts.map(({ name, config }) => ({ resourceName: name, configEntries: configEntries(config) })),
    }),
  } as unknown as Admin;
}

describe('topics that are compared with what they have to be', () => {
  it('may have more replicas, as while their partitions are moved to other brokers', async () => {
    const capacities = await prepareTopics(brokersWith([4, 5, 6, 1, 2, 3], [4, 1, 2, 3]), layouts, false);
    expect(capacities.get('users')).toMatchObject({ name: 'sample.users.v1', partitions: 2 });
  });

  it('may not have fewer', async () => {
    const comparing = prepareTopics(brokersWith([1, 2, 3], [1, 2]), layouts, false);
    await expect(comparing).rejects.toThrow(TopicsRefused);
    await expect(comparing).rejects.toThrow('sample.events.v1 has replicas 2, not 3.');
  });
});
