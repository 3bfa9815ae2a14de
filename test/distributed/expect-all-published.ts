import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { auditDirectory } from '#command-handling/testing';
import { topicName, type TopicRole } from '#event-relay';
import {
  ContractConsumer,
  expectNothingLost,
  lastOfEachKey,
  type LastState,
  lastStatesOf,
  readTopics,
  type ReceivedMessage,
  StateConsumer,
} from '#event-relay/testing';
import type { EventStore } from '#event-store';
import { KurrentEventStore } from '#event-store-kurrent';
import { readInstalledData } from './installed-data.js';
import type { Installation } from './installation.js';

const relayCheckpoint = 'projection_checkpoint{projection="relay"}';

/** Within which a relay publishes again what one that was replaced has sent late, milliseconds. */
const repeatsWithin = 20_000;

const rolesOfStates = ['users', 'groups', 'memberships'] as const;

/**
 * Waits until the relay is at the end of the log, and asserts that the last message of each key on the topics of states is
 * what the log says, and that consumers who keep to the contract get every event once and in order, and know everybody who is
 * there and nobody else.
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
    const lastStates = await lastStatesOf(store);
    const there = await keysOf(store);
    for (const role of rolesOfStates) {
      const messages = await readUntil(() => read(role), lastStates(role));
      expect(lastOfEachKey(messages)).toEqual(lastStates(role));
      expect([...new StateConsumer(messages).states.keys()].sort()).toEqual(there[role].sort());
    }
    return await expectNothingLost({ events: async () => new ContractConsumer(await read('events')) }, store);
  } finally {
    await store.close();
  }
}

/** Reads a topic until it ends with these states, or a relay has had the time to repeat what is late. */
async function readUntil(
  read: () => Promise<readonly ReceivedMessage[]>,
  lastStates: ReadonlyMap<string, LastState>,
): Promise<readonly ReceivedMessage[]> {
  for (const began = performance.now(); ;) {
    const messages = await read();
    const isOver = performance.now() - began > repeatsWithin;
    if (isOver || isDeepStrictEqual(lastOfEachKey(messages), lastStates)) return messages;
  }
}

/** Of everything that is there, by an audit of the log. */
async function keysOf(store: EventStore): Promise<Record<(typeof rolesOfStates)[number], string[]>> {
  const { users, groups } = await auditDirectory(store);
  return {
    users: Array.from(users.keys(), (id) => `default:${id}`),
    groups: Array.from(groups.keys(), (id) => `default:${id}`),
    memberships: Array.from(groups, ([id, { members }]) =>
      [...members].map((member) => `default:${id}:${member}`),
    ).flat(),
  };
}
