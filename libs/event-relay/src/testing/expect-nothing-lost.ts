import { expect } from '@jest/globals';
import { eventCodec } from '#event-catalog';
import { beforeFirstPosition, type EventStore } from '#event-store';
import { publishable } from '../relay/outgoing.js';
import type { ContractConsumer } from './contract-consumer.js';

/**
 * A consumer that keeps to the contract gets every event of users and groups that is in the log, once and in order.
 *
 * @returns how many messages it dropped as duplicates.
 */
export async function expectNothingLost(
  topics: { events(): Promise<ContractConsumer> },
  log: EventStore,
): Promise<number> {
  const expected = new Map<string, string[]>();
  for (const recorded of await log.readAll(beforeFirstPosition, 10_000_000)) {
    const event = publishable(eventCodec.decode(recorded));
    if (!event) continue;
    const ids = expected.get(event.key) ?? [];
    expected.set(event.key, ids);
    ids.push(recorded.id);
  }
  const consumer = await topics.events();
  expect(consumer.gaps).toEqual([]);
  expect(new Map([...consumer.accepted].sort())).toEqual(new Map([...expected].sort()));
  return consumer.dropped;
}
