import { expect } from '@jest/globals';
import { auditDirectory } from '#command-handling/testing';
import { topicName, type TopicRole } from '#event-relay';
import { ContractConsumer, expectNothingLost, readTopics, StateConsumer } from '#event-relay/testing';
import { KurrentEventStore } from '#event-store-kurrent';
import { readInstalledData } from './installed-data.js';
import type { Installation } from './installation.js';

const relayCheckpoint = 'projection_checkpoint{projection="relay"}';

/**
 * Waits until the relay is at the end of the log, and asserts that consumers who keep to the contract get every event once
 * and in order, and know everybody who is there and nobody else.
 *
 * @returns how many messages they dropped as duplicates.
 */
export async function expectAllPublished(installation: Installation, bootstrap: string): Promise<number> {
  await readInstalledData(installation);
  const store = await KurrentEventStore.open(installation.log);
  const read = (role: TopicRole) => readTopics(bootstrap, [topicName('provisioning', role)]);
  try {
    const leader = await installation.leader();
    const head = Number(await store.head());
    await leader.until(async () => ((await leader.metric(relayCheckpoint, installation.adminToken)) ?? -1) >= head);
    const duplicates = await expectNothingLost(
      { events: async () => new ContractConsumer(await read('events')) },
      store,
    );
    const { users, groups } = await auditDirectory(store);
    for (const [role, there] of [['users', users] as const, ['groups', groups] as const]) {
      const { states } = new StateConsumer(await read(role));
      expect([...states.keys()].sort()).toEqual([...there.keys()].map((id) => `default:${id}`).sort());
    }
    return duplicates;
  } finally {
    await store.close();
  }
}
