import { beforeEach, describe, expect, it } from '@jest/globals';
import { AccessWatch } from './access-watch.js';
import type { ProvisioningMessage } from './contract/provisioning-message.js';
import type { ProvisioningTopics, TopicsReader } from './contract/provisioning-topics.js';
import { groupState, membersChanged, membership, message, noMembership, userState } from './testing/messages.js';
import { type Role, SimulatedTopics } from './testing/simulated-topics.js';

describe('a watch of who has access', () => {
  let topics: SimulatedTopics;
  let told: string[];
  beforeEach(() => {
    topics = new SimulatedTopics(1);
    told = [];
    publish('users', userState('mia', 0), userState('tom', 0));
    publish('groups', groupState('admins', 0));
  });

  function publish(role: Role, ...messages: readonly ProvisioningMessage[]): void {
    for (const each of messages) topics.append(topics.partitionOf(role, each.key), [each]);
  }

  /** She was a member of the group once. */
  const pastOfMia = () => [
    membersChanged('admins', 1, { added: ['mia'] }),
    membersChanged('admins', 2, { removed: ['mia'] }),
  ];

  async function begin(read: ProvisioningTopics = topics): Promise<void> {
    const watch = new AccessWatch(read, {
      waiting: () => undefined,
      ready: (accesses) => told.push(`ready: ${accesses.map(({ user }) => user).join(' ')}`),
      changed: ({ change, user }) => told.push(`${user} ${change}`),
      missed: (key) => told.push(`missed ${key}`),
      heartbeat: () => told.push('heartbeat'),
      failed: ({ message }) => told.push(`failed: ${message}`),
    });
    await watch.onApplicationBootstrap();
  }

  /** @returns a reader for each time that the topics are read, which is told nothing by itself. */
  async function beginReadings(): Promise<readonly TopicsReader[]> {
    const readers: TopicsReader[] = [];
    await begin({
      untilThere: async () => undefined,
      read: async (makeReader) => {
        readers.push(makeReader());
        return { stop: async () => undefined };
      },
    });
    return readers;
  }

  it('takes of an event what the states do not have yet, where they have some of it', async () => {
    publish('memberships', membership('admins', 'mia', 1), membership('admins', 'tom', 1));
    publish('memberships', noMembership('admins', 'tom', 2));
    await begin();
    publish('events', membersChanged('admins', 2, { removed: ['mia', 'tom'] }));
    publish('memberships', noMembership('admins', 'mia', 2));
    expect(told).toEqual(['ready: mia', 'mia lost']);
  });

  it('does the same where the event was there before it began', async () => {
    publish('memberships', membership('admins', 'mia', 1), noMembership('admins', 'tom', 2));
    publish('events', membersChanged('admins', 2, { removed: ['mia', 'tom'] }));
    await begin();
    expect(told).toEqual(['ready: ']);
  });

  it('does not bring back a membership whose end it knows', async () => {
    publish('memberships', noMembership('admins', 'mia', 2));
    await begin();
    publish('events', ...pastOfMia());
    expect(told).toEqual(['ready: ']);
  });

  it('tells the end of what it took for true while a relay publishes the past again', async () => {
    // The former tombstone of mia is gone by now, and so are the events.
    publish('memberships', membership('admins', 'tom', 7), membership('admins', 'mia', 1));
    await begin();
    publish('events', ...pastOfMia());
    expect(told).toEqual(['ready: tom mia', 'mia lost']);
  });

  it('does so as well where it has newer events of the group', async () => {
    publish('memberships', membership('admins', 'tom', 7), membership('admins', 'mia', 1));
    publish('events', membersChanged('admins', 7, { added: ['tom'] }));
    await begin();
    publish('events', ...pastOfMia());
    expect(told).toEqual(['ready: tom mia', 'mia lost']);
  });

  it('tells nothing of a past that it has followed', async () => {
    const past = [
      message('group.provisioned', 'admins', 0, { attributes: { displayName: 'admins' } }),
      membersChanged('admins', 1, { added: ['mia', 'tom'] }),
      membersChanged('admins', 2, { removed: ['mia'] }),
      message('user.deactivated', 'tom', 1),
      message('user.deprovisioned', 'tom', 2),
    ];
    await begin();
    publish('events', ...past);
    const before = [...told];
    publish('events', ...past, ...past);
    expect(before).toEqual(['ready: ', 'mia gained', 'tom gained', 'mia lost', 'tom lost']);
    expect(told).toEqual(before);
  });

  it('begins anew where an event is given up between its looks at events and at states', async () => {
    publish('memberships', membership('admins', 'mia', 1));
    publish('events', membersChanged('admins', 1, { added: ['mia'] }));
    const looks = [
      ...['events', 'users', 'groups', 'memberships'].map(() => () => undefined),
      () => {
        publish('memberships', noMembership('admins', 'mia', 2));
        publish('events', membersChanged('admins', 3, { added: ['tom'] }));
      },
    ];
    topics.meanwhile = () => looks.shift()?.();
    await begin();
    while (told.length < 2) await new Promise(setImmediate);
    expect(told).toEqual(['missed acme:admins', 'ready: tom']);
  });

  it('brings back a member whose former end comes again, and whose return after it', async () => {
    publish('memberships', noMembership('admins', 'mia', 2));
    publish('events', message('group.profile-changed', 'admins', 4), membersChanged('admins', 2, { removed: ['mia'] }));
    await begin();
    publish('events', membersChanged('admins', 3, { added: ['mia'] }));
    expect(told).toEqual(['ready: ', 'mia gained']);
  });

  it('keeps a user out whose deactivation comes after newer events of his', async () => {
    // States of the past take the place of newer ones while a relay publishes it again.
    publish('memberships', membership('admins', 'tom', 1));
    publish('users', userState('tom', 1));
    publish('events', message('user.profile-changed', 'tom', 5, { assigned: { userName: 'thomas' } }));
    await begin();
    publish('events', message('user.profile-changed', 'tom', 2, { assigned: { userName: 'tommy' } }));
    publish('events', message('user.deactivated', 'tom', 3));
    expect(told).toEqual(['ready: thomas', 'thomas lost']);
  });

  it('says that it hears nothing more where its reading ends by itself, and not of one that it has left', async () => {
    const readers = await beginReadings();
    readers[0]?.caughtUp();
    readers[0]?.event(membersChanged('admins', 5, { added: ['mia'] }), false);
    readers[0]?.failed(new Error('of the former'));
    while (readers.length < 2) await new Promise(setImmediate);
    readers[1]?.failed(new Error('no right to read'));
    expect(told).toEqual(['ready: ', 'missed acme:admins', 'failed: no right to read']);
  });

  it('passes heartbeats on once it knows who has access, and none of a reading that it has left', async () => {
    const readers = await beginReadings();
    readers[0]?.heartbeat();
    readers[0]?.caughtUp();
    readers[0]?.heartbeat();
    readers[0]?.event(membersChanged('admins', 5, { added: ['mia'] }), false);
    while (readers.length < 2) await new Promise(setImmediate);
    readers[1]?.heartbeat();
    readers[1]?.caughtUp();
    readers[0]?.heartbeat();
    readers[1]?.heartbeat();
    expect(told).toEqual(['ready: ', 'heartbeat', 'missed acme:admins', 'heartbeat']);
  });

  it('says so where it cannot begin anew', async () => {
    let times = 0;
    const read: ProvisioningTopics = {
      untilThere: async () => undefined,
      read: (makeReader) => (++times === 1 ? topics.read(makeReader) : Promise.reject(new Error('no right to read'))),
    };
    await begin(read);
    publish('events', membersChanged('admins', 5, { added: ['mia'] }));
    while (told.length < 3) await new Promise(setImmediate);
    expect(told).toEqual(['ready: ', 'missed acme:admins', 'failed: no right to read']);
  });
});
