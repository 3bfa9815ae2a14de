import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventCodec } from '#event-catalog';
import type { Revision } from '#event-store';
import {
  add,
  admins,
  assignMembers,
  command,
  directoryWithAdmins,
  FoldedMembership,
  InterceptedStore,
  remove,
  tenantId,
} from '../testing/index.js';
import { type MembershipLookup, MembershipReader } from './membership-reader.js';
import type { MembershipRequest } from './membership-request.js';

const ids = ['eva', 'mia', 'tom'];
const everybody: MembershipRequest = { kind: 'remove-where', matches: () => true };

/** The group `admins` after members joined and left, one event each. */
async function groupAfter(...changes: readonly MembershipRequest[]) {
  const { store, directory } = await directoryWithAdmins(true);
  let revision = 0;
  for (const change of changes) {
    const result = await directory.changeGroup(command(), { id: admins }, assignMembers([change]));
    if (result.ok) ({ revision } = result.value);
  }
  return { store, revision: revision as Revision };
}

const absent: MembershipLookup = {
  among: async () => ({ revision: undefined, members: [] }),
  all: async () => ({ revision: undefined, members: [] }),
};

describe('MembershipReader', () => {
  it('says the same however late the read model is', async () => {
    const change = fc.record({ join: fc.boolean(), who: fc.subarray(ids, { minLength: 1 }) });
    const property = fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(8), async (changes, lag) => {
      const { store, revision } = await groupAfter(
        ...changes.map(({ join, who }) => (join ? add(...who) : remove(...who))),
      );
      const reader = new MembershipReader(store, eventCodec, new FoldedMembership(store, () => lag));
      const truth = new Set(
        (await new FoldedMembership(store).all(tenantId, admins)).members.map(({ value }) => value),
      );
      const some = await reader.decidable(tenantId, admins, revision, [add('mia'), remove('tom')]);
      expect(some?.present).toEqual(new Set(['mia', 'tom'].filter((id) => truth.has(id))));
      const all = await reader.decidable(tenantId, admins, revision, [everybody]);
      expect(all?.present).toEqual(truth);
    });
    await fc.assert(property, { seed: 20260101 });
  });

  it('says the same to one command after the other while the read model falls behind and catches up', async () => {
    const step = fc.record({ join: fc.boolean(), who: fc.subarray(ids, { minLength: 1 }), lag: fc.nat(6) });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { store, directory } = await directoryWithAdmins(true);
      let lag = 0;
      const reader = new MembershipReader(store, eventCodec, new FoldedMembership(store, () => lag));
      const truth = new FoldedMembership(store);
      for (const { join, who, ...rest } of steps) {
        ({ lag } = rest);
        await directory.changeGroup(command(), { id: admins }, assignMembers([join ? add(...who) : remove(...who)]));
        const { revision, members } = await truth.all(tenantId, admins);
        const all = await reader.decidable(tenantId, admins, revision as Revision, [everybody]);
        expect(all?.present).toEqual(new Set(members.map(({ value }) => value)));
      }
    });
    await fc.assert(property, { seed: 20260101 });
  });

  it('reads every event once however long the read model stands still', async () => {
    const { store, directory } = await directoryWithAdmins(true);
    let eventsRead = 0;
    const counted = new InterceptedStore(store, async (_call, perform) => {
      const events = await perform();
      eventsRead += (events as readonly unknown[]).length;
      return events;
    });
    const reader = new MembershipReader(counted, eventCodec, absent);
    for (let revision = 1; revision <= 20; revision++) {
      await directory.changeGroup(command(), { id: admins }, assignMembers([add(`u${revision}`)]));
      await reader.decidable(tenantId, admins, revision as Revision, [add('mia')]);
    }
    expect(eventsRead).toBe(21);
  });

  it('folds the whole stream where the read model does not know the group', async () => {
    const { store, revision } = await groupAfter(add('mia', 'tom'), remove('tom'));
    const reader = new MembershipReader(store, eventCodec, absent);
    const { steps, present } = (await reader.decidable(tenantId, admins, revision, [everybody])) ?? {};
    expect(present).toEqual(new Set(['mia']));
    expect(steps).toEqual([{ kind: 'remove', ids: ['mia'] }]);
  });

  it('asks to load again where the read model is ahead of what was loaded', async () => {
    const { store, revision } = await groupAfter(add('mia'));
    const reader = new MembershipReader(store, eventCodec, new FoldedMembership(store));
    expect(await reader.decidable(tenantId, admins, (revision - 1) as Revision, [add('tom')])).toBeUndefined();
  });

  it('does not look beyond the revision that was loaded', async () => {
    const { store, revision } = await groupAfter(add('mia'), add('tom'));
    const reader = new MembershipReader(store, eventCodec, absent);
    const decidable = await reader.decidable(tenantId, admins, (revision - 1) as Revision, [add('mia', 'tom')]);
    expect(decidable?.present).toEqual(new Set(['mia']));
  });

  it('reads nothing for a change that has no membership requests, and no events where the read model is up to date', async () => {
    const { store, revision } = await groupAfter(add('mia'));
    const reads: string[] = [];
    const counted = new InterceptedStore(store, async (call, perform) => {
      reads.push(call.operation);
      return perform();
    });
    const reader = new MembershipReader(counted, eventCodec, new FoldedMembership(store));
    expect(await reader.decidable(tenantId, admins, revision, [])).toEqual({ steps: [], present: new Set() });
    expect((await reader.decidable(tenantId, admins, revision, [remove('mia')]))?.present).toEqual(new Set(['mia']));
    expect(reads).toEqual([]);
  });
});
