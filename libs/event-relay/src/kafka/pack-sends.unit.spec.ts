import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RelayMessage, TopicRole } from '../messages/relay-message.js';
import { packSends } from './pack-sends.js';
import { partitionOfKey } from './partition-of-key.js';
import { batchOverhead, recordSize } from './record-size.js';

const partitions = 3;
const maxBatchBytes = 1_000;
const roles: readonly TopicRole[] = ['events', 'users', 'groups', 'memberships'];
const capacities = new Map(roles.map((role) => [role, { name: role, partitions, maxBatchBytes }]));

const arbitraryMessage = fc.record({
  topic: fc.constantFrom(...roles),
  key: fc.constantFrom('acme:a', 'acme:b', 'acme:c', 'acme:d', 'acme:e'),
  value: fc.option(fc.string({ maxLength: 400 })),
  headers: fc.constant({ ce_type: 'user.provisioned.v1' }),
});

const placeOf = ({ topic, key }: RelayMessage) => `${topic}/${partitionOfKey(key, partitions)}`;

describe('messages packed into sends', () => {
  it('keep their order in each partition, and no partition gets more at once than it takes', () => {
    const property = fc.property(fc.array(arbitraryMessage, { maxLength: 40 }), (messages) => {
      const arrived: (readonly [string, unknown])[] = [];
      for (const { topicMessages, partitions: places, ...totals } of packSends(messages, capacities)) {
        const sent = topicMessages.flatMap(({ topic, messages: own }) =>
          own.map((message) => ({ ...message, topic }) as unknown as RelayMessage),
        );
        expect(new Set(sent.map(placeOf))).toEqual(places);
        expect(sent).toHaveLength(totals.messages);
        for (const place of places) {
          const bytes = sent.filter((message) => placeOf(message) === place).map(recordSize);
          expect(bytes.reduce((sum, own) => sum + own, batchOverhead)).toBeLessThanOrEqual(maxBatchBytes);
        }
        arrived.push(...sent.map((message) => [placeOf(message), message.value] as const));
      }
      for (const place of new Set(messages.map(placeOf))) {
        const expected = messages.filter((message) => placeOf(message) === place).map(({ value }) => value);
        expect(arrived.filter(([where]) => where === place).map(([, value]) => value)).toEqual(expected);
      }
    });
    fc.assert(property);
  });

  it('make no request that is more than a broker takes, however much its topics take in one message', () => {
    const wide = new Map(roles.map((role) => [role, { name: role, partitions, maxBatchBytes: 100_000_000 }]));
    const value = 'x'.repeat(1_000_000);
    const messages = Array.from({ length: 70 }, (_, index) => ({
      topic: 'users' as const,
      key: `acme:${index}`,
      value,
      headers: {},
    }));
    const sends = [...packSends(messages, wide)].map((send) => send.messages);
    expect(sends).toEqual([33, 33, 4]);
  });

  it('are no send where there are none', () => {
    expect([...packSends([], capacities)]).toEqual([]);
  });
});
