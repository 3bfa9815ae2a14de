import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#kernel';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import type { ReadScope } from '../../../scim-ingress/src/index.js';
import { WaitOnRead } from './wait-on-read.js';

const at = (position: number) => BigInt(position) as Position;

/** A process whose last change is at position 5, with a view and a process that ends memberships that have come to 4. */
function processAt5(startedAt = at(4)) {
  const [view, membershipEnd] = [new CheckpointSignal(), new CheckpointSignal()];
  for (const progress of [view, membershipEnd]) progress.advanced(at(4));
  const unseen = { last: at(5), lastConcerning: (_scope: ReadScope) => unseen.last };
  return { unseen, view, membershipEnd, readYourWrites: new WaitOnRead({ view, membershipEnd, unseen, startedAt }) };
}

const tenant = 'acme' as TenantId;
const other = 'other' as TenantId;
const bearer: ReadScope = { of: 'bearer', tenant, type: 'Group', name: 'staff', withMemberships: true };
const user: ReadScope = { of: 'resource', tenant, type: 'User', id: 'u-1', withMemberships: true };
const users: ReadScope = { of: 'list', tenant, type: 'User', withMemberships: true };
const group: ReadScope = { of: 'resource', tenant, type: 'Group', id: 'g-1', withMemberships: true };
const groups: ReadScope = { of: 'list', tenant, type: 'Group', withMemberships: true };

describe('a read in the process that writes', () => {
  it('waits for the view to come to the last change that concerns it', async () => {
    const { readYourWrites, view } = processAt5();
    const readable = readYourWrites.readable(users);
    await Promise.resolve();
    view.advanced(at(5));
    expect(await readable).toBe(true);
    expect(view.isAwaited).toBe(false);
  });

  it('knows that it cannot know while the view stands still', async () => {
    const { readYourWrites, view } = processAt5();
    view.halted();
    expect(await readYourWrites.readable(users)).toBe(false);
  });

  it('need not wait where nothing was written that can change its answer', async () => {
    const { readYourWrites, unseen, view } = processAt5();
    unseen.lastConcerning = (scope) => at(scope === bearer ? 5 : 4);
    expect([bearer, user, groups].map((scope) => readYourWrites.isCurrent(scope))).toEqual([false, true, true]);
    expect(await readYourWrites.readable(groups)).toBe(true);
    expect(view.isAwaited).toBe(false);
  });
});

describe('a read after a deletion', () => {
  it('knows that it shows who was deleted where the process that ends memberships has stopped', async () => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    view.advanced(at(5));
    await readYourWrites.deprovisioned(tenant, at(5));
    membershipEnd.halted();
    for (const scope of [group, groups]) expect(await readYourWrites.readable(scope)).toBe(false);
    for (const scope of [user, bearer]) expect(await readYourWrites.readable(scope)).toBe(true);
    expect([group, groups, user, bearer].map((scope) => readYourWrites.showsDeleted(scope))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    membershipEnd.advanced(at(5));
    expect(readYourWrites.showsDeleted(group)).toBe(false);
    expect(await readYourWrites.readable(groups)).toBe(true);
  });

  it('waits for its memberships to end, and for the view to show it', async () => {
    const { readYourWrites, unseen, view, membershipEnd } = processAt5();
    await readYourWrites.deprovisioned(tenant, at(5));
    view.advanced(at(5));
    const answers: boolean[] = [];
    const readable = readYourWrites.readable(group).then((answer) => answers.push(answer));
    expect(membershipEnd.isAwaited).toBe(true);
    unseen.last = at(6);
    membershipEnd.advanced(at(5));
    for (let hops = 0; hops < 10; hops++) await Promise.resolve();
    expect(answers).toEqual([]);
    expect(view.isAwaited).toBe(true);
    view.advanced(at(6));
    await readable;
    expect(answers).toEqual([true]);
  });

  it.each<[string, ReadScope]>([
    ['a group with members', group],
    ['groups with members', groups],
  ])('of %s is not current before the memberships of the deleted have ended', async (_, scope) => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    view.advanced(at(5));
    await readYourWrites.deprovisioned(tenant, at(5));
    expect(readYourWrites.isCurrent(scope)).toBe(false);
    membershipEnd.advanced(at(5));
    expect(readYourWrites.isCurrent(scope)).toBe(true);
  });

  it.each<[string, ReadScope]>([
    ['a user, whose groups end with the group that is deleted', user],
    ['users', users],
    ['who bears a name', bearer],
    ['a group without members', { ...group, withMemberships: false }],
    ['groups without members', { ...groups, withMemberships: false }],
    ['a group of another tenant', { ...group, tenant: other }],
    ['groups of another tenant', { ...groups, tenant: other }],
  ])('of %s does not wait for memberships to end', async (_, scope) => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    await readYourWrites.deprovisioned(tenant, at(5));
    const readable = readYourWrites.readable(scope);
    view.advanced(at(5));
    expect(readYourWrites.isCurrent(scope)).toBe(true);
    expect(await readable).toBe(true);
    expect(membershipEnd.isAwaited).toBe(false);
  });

  it.each([tenant, other])(
    'by an earlier process waits for memberships to end, whichever tenant reads (%s)',
    async (tenant) => {
      const { readYourWrites, view, membershipEnd } = processAt5(at(5));
      view.advanced(at(5));
      expect(readYourWrites.isCurrent({ ...groups, tenant })).toBe(false);
      const readable = readYourWrites.readable({ ...groups, tenant });
      expect(membershipEnd.isAwaited).toBe(true);
      membershipEnd.advanced(at(5));
      expect(await readable).toBe(true);
    },
  );

  it('does not wait where nothing was deleted', async () => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    view.advanced(at(5));
    expect(await readYourWrites.readable(group)).toBe(true);
    expect(membershipEnd.isAwaited).toBe(false);
  });
});
