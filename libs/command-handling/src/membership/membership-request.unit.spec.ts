import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GroupMember, MembershipStep } from '#directory-domain';
import { add, remove } from '../testing/index.js';
import { asSteps, type MembershipRequest, namesEveryId } from './membership-request.js';

const members = (...ids: readonly string[]) => new Map(ids.map((value) => [value, { value }]));
const replace = (...ids: readonly string[]): MembershipRequest => ({
  kind: 'replace',
  members: ids.map((value) => ({ value })),
});
const removeWhere = (matches: (member: GroupMember) => boolean): MembershipRequest => ({
  kind: 'remove-where',
  matches,
});

/** Who is a member after steps. */
function after(steps: readonly MembershipStep[], current: ReadonlyMap<string, GroupMember>): Set<string> {
  const ids = new Set(current.keys());
  for (const step of steps) {
    if (step.kind === 'add') for (const { value } of step.members) ids.add(value);
    else for (const id of step.ids) ids.delete(id);
  }
  return ids;
}

describe('namesEveryId', () => {
  it('is true for requests by id only', () => {
    expect(namesEveryId([add('a'), remove('b')])).toBe(true);
    expect(namesEveryId([add('a'), replace('b')])).toBe(false);
    expect(namesEveryId([removeWhere(() => true)])).toBe(false);
  });
});

describe('asSteps', () => {
  it('keeps requests by id as they are', () => {
    const requests = [add('a'), remove('b')];
    expect(asSteps(requests, members('b'))).toEqual(requests);
  });

  it('lets a replacement stand for whatever was asked before it', () => {
    const ids = fc.subarray(['a', 'b', 'c', 'd']);
    const property = fc.property(ids, ids, ids, ids, (present, added, removed, wanted) => {
      const current = members(...present);
      const steps = asSteps([add(...added), remove(...removed), replace(...wanted)], current);
      expect(after(steps, current)).toEqual(new Set(wanted));
    });
    fc.assert(property, { seed: 20260101 });
  });

  it('finds with a filter also members that an earlier request added, and none it removed', () => {
    const current = members('a', 'b');
    const steps = asSteps([add('c'), remove('a'), removeWhere(({ value }) => value !== 'b')], current);
    expect(steps.at(-1)).toEqual({ kind: 'remove', ids: ['c'] });
    expect(after(steps, current)).toEqual(new Set(['b']));
  });

  it('leaves the map of members as it was', () => {
    const current = members('a');
    asSteps([replace('b'), removeWhere(() => true)], current);
    expect(current).toEqual(members('a'));
  });
});
