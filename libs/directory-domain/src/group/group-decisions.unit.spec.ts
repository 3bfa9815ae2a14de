import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResourceId } from '#kernel';
import type { Decision } from '../decision.js';
import { changeGroup, deprovisionGroup, provisionGroup } from './group-decisions.js';
import { type GroupEvent, largestMembershipEvent } from './group-events.js';
import { absentGroup, evolveGroup, type GroupState } from './group-fold.js';
import { idsConcerned, membersChanged, type MembershipStep } from './membership-change.js';

const groupId = 'g-1' as ResourceId;
const nameClaim = { key: 'treasury', claimId: 'c1' };
const attributes = { displayName: 'Treasury' };
const treasury: GroupState = evolveGroup(
  absentGroup,
  { type: 'GroupProvisioned', data: { groupId, attributes, nameClaim } },
  1000,
);

function eventsOf(decision: Decision<GroupEvent, string>): readonly GroupEvent[] {
  return decision.outcome === 'accepted' ? decision.events : [];
}

function fold(members: ReadonlySet<string>, events: readonly GroupEvent[]): Set<string> {
  const result = new Set(members);
  for (const event of events) {
    if (event.type !== 'GroupMembershipChanged') continue;
    for (const id of event.data.removed) expect(result.delete(id)).toBe(true);
    for (const member of event.data.added) {
      expect(result.has(member.value)).toBe(false);
      result.add(member.value);
    }
  }
  return result;
}

describe('changing the members of a group', () => {
  const change = (membership: MembershipStep[], present: string[]) =>
    eventsOf(changeGroup(treasury, { groupId, attributes, membership }, new Set(present)));

  it('records who came and who went', () => {
    const steps: MembershipStep[] = [
      { kind: 'add', members: [{ value: 'u1', display: 'Mia' }] },
      { kind: 'remove', ids: ['u2'] },
    ];
    expect(change(steps, ['u2'])).toEqual([
      {
        type: 'GroupMembershipChanged',
        data: { groupId, added: [{ value: 'u1', display: 'Mia' }], removed: ['u2'] },
      },
    ]);
  });

  it('records nothing for a member who is there already or a stranger who is removed', () => {
    const steps: MembershipStep[] = [
      { kind: 'add', members: [{ value: 'u1' }] },
      { kind: 'remove', ids: ['u9'] },
    ];
    expect(change(steps, ['u1'])).toEqual([]);
  });

  it('leaves out an id that is added and then removed in one command', () => {
    const steps: MembershipStep[] = [
      { kind: 'add', members: [{ value: 'u1' }] },
      { kind: 'remove', ids: ['u1'] },
    ];
    expect(change(steps, [])).toEqual([]);
  });

  it('splits a large change into several events of one append', () => {
    const members = Array.from({ length: largestMembershipEvent + 7 }, (_, index) => ({ value: `u${index}` }));
    const ids = Array.from({ length: 20 }, (_, index) => `old${index}`);
    const events = change(
      [
        { kind: 'add', members },
        { kind: 'remove', ids },
      ],
      ids,
    );
    expect(events.map(membersChanged)).toEqual([largestMembershipEvent, 27]);
    expect(fold(new Set(ids), events)).toEqual(new Set(members.map((member) => member.value)));
  });

  it('ends as if every step had been taken in turn, whatever the steps', () => {
    const id: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step: fc.Arbitrary<MembershipStep> = fc.oneof(
      fc.array(id).map((ids) => ({ kind: 'add' as const, members: ids.map((value) => ({ value })) })),
      fc.array(id).map((ids) => ({ kind: 'remove' as const, ids })),
    );
    fc.assert(
      fc.property(fc.array(step), fc.uniqueArray(id), (membership, before) => {
        const expected = new Set(before);
        for (const one of membership) {
          if (one.kind === 'add') one.members.forEach((member) => expected.add(member.value));
          else one.ids.forEach((value) => expected.delete(value));
        }
        const concerned = idsConcerned(membership);
        const present = new Set(before.filter((value) => concerned.has(value)));
        const events = eventsOf(changeGroup(treasury, { groupId, attributes, membership }, present));
        expect(fold(new Set(before), events)).toEqual(expected);
      }),
    );
  });
});

describe('a group', () => {
  it('starts with its members in the same append', () => {
    const command = { groupId, attributes, nameClaim, members: [{ value: 'u1' }, { value: 'u1' }] };
    expect(eventsOf(provisionGroup(absentGroup, command)).map((event) => event.type)).toEqual([
      'GroupProvisioned',
      'GroupMembershipChanged',
    ]);
    expect(provisionGroup(treasury, command)).toEqual({ outcome: 'unchanged' });
  });

  it('is renamed with a claim and changes nothing when told again', () => {
    const command = {
      groupId,
      attributes: { displayName: 'Cash' },
      membership: [],
      nameClaim: { key: 'cash', claimId: 'c2' },
    };
    const events = eventsOf(changeGroup(treasury, command, new Set()));
    expect(events).toMatchObject([{ type: 'GroupProfileChanged', data: { nameClaim: { claimId: 'c2' } } }]);
    expect(changeGroup(evolveGroup(treasury, events[0]!, 2000), command, new Set())).toEqual({ outcome: 'unchanged' });
  });

  it('is gone for every later command', () => {
    const gone = evolveGroup(treasury, eventsOf(deprovisionGroup(treasury, groupId))[0]!, 2000);
    const change = changeGroup(gone, { groupId, attributes, membership: [] }, new Set());
    expect(change).toEqual({ outcome: 'rejected', reason: 'no-such-group' });
    expect(deprovisionGroup(gone, groupId)).toEqual({ outcome: 'rejected', reason: 'no-such-group' });
  });
});
