import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { WaitOnRead } from './wait-on-read.js';

const at = (position: number) => BigInt(position) as Position;

/** A process whose log ends at position 5, with a view and a process that ends memberships that have come to 4. */
function processAt5() {
  const [view, membershipEnd] = [new CheckpointSignal(), new CheckpointSignal()];
  for (const progress of [view, membershipEnd]) progress.advanced(at(4));
  const log = { end: at(5), head: async () => log.end };
  return { log, view, membershipEnd, readYourWrites: new WaitOnRead(log, view, membershipEnd, at(4)) };
}

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
    const { readYourWrites, log, view, membershipEnd } = processAt5();
    await readYourWrites.deprovisioned(at(5));
    view.advanced(at(5));
    const answers: boolean[] = [];
    const readable = readYourWrites.readable().then((answer) => answers.push(answer));
    expect(membershipEnd.isAwaited).toBe(true);
    log.end = at(6);
    membershipEnd.advanced(at(5));
    for (let hops = 0; hops < 10; hops++) await Promise.resolve();
    expect(answers).toEqual([]);
    expect(view.isAwaited).toBe(true);
    view.advanced(at(6));
    await readable;
    expect(answers).toEqual([true]);
  });

  it('waits for memberships to end that an earlier process left behind', async () => {
    const { log, view } = processAt5();
    view.advanced(at(5));
    const membershipEnd = new CheckpointSignal();
    membershipEnd.advanced(at(4));
    const readable = new WaitOnRead(log, view, membershipEnd, at(5)).readable();
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
});
