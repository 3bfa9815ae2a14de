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
  const unseen = { last: at(5), concern: (_scope: ReadScope) => false };
  return { unseen, view, membershipEnd, readYourWrites: new WaitOnRead({ view, membershipEnd, unseen, startedAt }) };
}

const tenant = 'acme' as TenantId;
const bearer: ReadScope = { of: 'bearer', tenant, type: 'User', name: 'ada', withMemberships: true };
const group = (withMemberships: boolean): ReadScope => ({
  of: 'resource',
  tenant,
  type: 'Group',
  id: 'g-1',
  withMemberships,
});

describe('a read in the process that writes', () => {
  it('waits for the view to come to the end of the log', async () => {
    const { readYourWrites, view } = processAt5();
    const readable = readYourWrites.readable();
    await Promise.resolve();
    view.advanced(at(5));
    expect(await readable).toBe(true);
    expect(view.isAwaited).toBe(false);
  });

  it('knows that it cannot know while the view stands still', async () => {
    const { readYourWrites, view } = processAt5();
    view.halted();
    expect(await readYourWrites.readable()).toBe(false);
  });

  it('waits after a deletion for its memberships to end, and for the view to show it', async () => {
    const { readYourWrites, unseen, view, membershipEnd } = processAt5();
    await readYourWrites.deprovisioned(at(5));
    view.advanced(at(5));
    const answers: boolean[] = [];
    const readable = readYourWrites.readable().then((answer) => answers.push(answer));
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

  it('waits for memberships to end that an earlier process left behind', async () => {
    const { readYourWrites, view, membershipEnd } = processAt5(at(5));
    view.advanced(at(5));
    expect(readYourWrites.isCurrent({ of: 'everything' })).toBe(false);
    const readable = readYourWrites.readable();
    expect(membershipEnd.isAwaited).toBe(true);
    membershipEnd.advanced(at(5));
    expect(await readable).toBe(true);
  });

  it('goes on without the ends of memberships where the process that makes them has stopped', async () => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    membershipEnd.halted();
    await readYourWrites.deprovisioned(at(5));
    view.advanced(at(5));
    expect(await readYourWrites.readable()).toBe(true);
  });

  it('does not wait for ends of memberships where nothing was deleted', async () => {
    const { readYourWrites, view, membershipEnd } = processAt5();
    view.advanced(at(5));
    expect(await readYourWrites.readable()).toBe(true);
    expect(membershipEnd.isAwaited).toBe(false);
  });

  it('need not wait where nothing was written that can change its answer', () => {
    const { readYourWrites, unseen } = processAt5();
    expect(readYourWrites.isCurrent({ of: 'everything' })).toBe(false);
    expect(readYourWrites.isCurrent(bearer)).toBe(true);
    unseen.concern = (scope) => scope === bearer;
    expect(readYourWrites.isCurrent(bearer)).toBe(false);
    expect(readYourWrites.isCurrent(group(true))).toBe(true);
  });

  it('shows no members before the memberships of the deleted have ended', async () => {
    const { readYourWrites, membershipEnd } = processAt5();
    await readYourWrites.deprovisioned(at(5));
    expect(readYourWrites.isCurrent(group(true))).toBe(false);
    expect(readYourWrites.isCurrent(group(false))).toBe(true);
    membershipEnd.advanced(at(5));
    expect(readYourWrites.isCurrent(group(true))).toBe(true);
  });
});
