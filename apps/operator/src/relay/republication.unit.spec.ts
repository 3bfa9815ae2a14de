import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#event-catalog';
import type { RelayMemory } from '#event-relay';
import type { Position, RecordedEvent } from '#event-store';
import type { ReadableLog } from '../installation/installation.js';
import { readRepublication } from './republication.js';
import { republicationText } from './republication-text.js';

const at = (position: number) => BigInt(position) as Position;

/** Of so many users, before each of whom stands the claim of the name. */
function logOf(users: number): ReadableLog {
  const events = Array.from({ length: 2 * users }, (_, index) => ({
    position: at(index + 1),
    type: eventTypes[index % 2 === 0 ? 'NameClaimed' : 'UserProvisioned'].storedAs,
  }));
  return {
    identity: 'a',
    head: async () => at(events.length),
    readAll: async (after: Position, limit: number) =>
      events.slice(Number(after), Number(after) + limit) as unknown as RecordedEvent[],
    readStream: async () => [],
  };
}

function memoryOf(identity: string, checkpoint: number): RelayMemory {
  const parked = { list: async () => [] };
  return { published: async () => ({ identity, checkpoint: at(checkpoint) }), parked } as unknown as RelayMemory;
}

describe('what is published once more', () => {
  it('is every event of a user or group up to where the relay is, however long the log', async () => {
    const republication = await readRepublication(logOf(1_600), memoryOf('a', 3_100));
    expect(republication).toEqual({ checkpoint: at(3_100), events: 1_550, parkedKeys: 0, mismatch: undefined });
  });

  it('is the whole log where that is another one', async () => {
    const republication = await readRepublication(logOf(3), memoryOf('b', 2));
    expect(republication).toMatchObject({ events: 3, mismatch: 'it was built from another log' });
  });
});

describe('what an operator has to know of it', () => {
  const republication = { checkpoint: at(9), events: 1, parkedKeys: 0, mismatch: undefined };

  it('is how much comes once more, and that consumers drop it', () => {
    expect(republicationText({ ...republication, parkedKeys: 2 }))
      .toBe(`1 event of users and groups, up to position 9, will be published once more, with the states they led to.
Consumers that keep to the contract drop those they have seen, by their revision.
The 2 keys that are parked will be forgotten, and parked again where a message still cannot be sent.
Topics that are missing will be made.
`);
  });

  it('is that consumers would be misled, where the log is another one', () => {
    expect(republicationText({ ...republication, mismatch: 'it was built from another log' }))
      .toBe(`The log is not the one that was published: it was built from another log.
1 event of users and groups, all that it holds, will be published, with the states they led to.
Consumers take them for those of the former log, and what only that one knew stays in the topics: publish to topics of another prefix, and have them begin anew there.
Topics that are missing will be made.
`);
  });
});
