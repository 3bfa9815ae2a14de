import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { WaitOnWrite } from './wait-on-write.js';

const at = (position: number) => BigInt(position) as Position;

/** A node beside a view and a process that ends memberships which have come to position 4. */
function node() {
  const [view, membershipEnd] = [new CheckpointSignal(), new CheckpointSignal()];
  for (const progress of [view, membershipEnd]) progress.advanced(at(4));
  const store = { end: at(5), head: async () => store.end };
  const answers: string[] = [];
  const noting = (name: string, answer: Promise<void>) => answer.then(() => void answers.push(name));
  return { view, membershipEnd, store, answers, noting, freshness: new WaitOnWrite({ store, view, membershipEnd }) };
}

async function settled(): Promise<void> {
  for (let hops = 0; hops < 20; hops++) await Promise.resolve();
}

describe('a write on one of several nodes', () => {
  it('is answered when the view has it', async () => {
    const { freshness, view, answers, noting } = node();
    const answered = noting('write', freshness.written(at(5)));
    await settled();
    expect(answers).toEqual([]);
    expect(freshness.isCurrent()).toBe(false);
    view.advanced(at(5));
    await answered;
    expect(freshness.isCurrent()).toBe(true);
  });

  it('that deletes is answered when the memberships have ended and the view shows it', async () => {
    const { freshness, view, membershipEnd, store, answers, noting } = node();
    const answered = noting('deletion', freshness.deprovisioned(at(5)));
    view.advanced(at(5));
    await settled();
    expect(answers).toEqual([]);
    store.end = at(7);
    membershipEnd.advanced(at(5));
    await settled();
    expect(answers).toEqual([]);
    view.advanced(at(7));
    await answered;
    expect(answers).toEqual(['deletion']);
  });

  it('is answered without the view where that stands still, and reads then know that it is late', async () => {
    const { freshness, view } = node();
    view.halted();
    await freshness.written(at(5));
    expect(freshness.isCurrent()).toBe(false);
    expect(await freshness.readable()).toBe(false);
    view.advanced(at(5));
    expect(freshness.isCurrent()).toBe(true);
    expect(await freshness.readable()).toBe(true);
  });

  it('leaves reads alone that came before any write', async () => {
    const { freshness } = node();
    expect(freshness.isCurrent()).toBe(true);
    expect(await freshness.readable()).toBe(true);
  });
});
