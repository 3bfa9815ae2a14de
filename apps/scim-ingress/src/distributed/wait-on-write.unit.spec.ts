import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MetricObjectWithValues, type MetricValueWithName, register } from 'prom-client';
import type { TenantId } from '#kernel';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { WaitOnWrite, type WaitOnWriteOptions } from './wait-on-write.js';

const tenant = 'acme' as TenantId;
const at = (position: number) => BigInt(position) as Position;

/** A node beside a view and a process that ends memberships which have come to position 4; the log ends at 5. */
function node({ sleep }: Pick<WaitOnWriteOptions, 'sleep'> = {}) {
  const [view, membershipEnd] = [new CheckpointSignal(), new CheckpointSignal()];
  for (const progress of [view, membershipEnd]) progress.advanced(at(4));
  const store = { end: at(5), head: async () => store.end };
  const answers: string[] = [];
  const noting = (name: string, answer: Promise<void>) => answer.then(() => void answers.push(name));
  const slept: number[] = [];
  const noSleep = async (milliseconds: number) => void slept.push(milliseconds);
  const freshness = new WaitOnWrite({ store, view, membershipEnd, sleep: sleep ?? noSleep });
  return { view, membershipEnd, store, answers, noting, slept, freshness };
}

/** The same, which has looked while position 4 was the end. */
async function informedNode() {
  const informed = node();
  informed.store.end = at(4);
  await informed.freshness.look();
  informed.store.end = at(5);
  return informed;
}

async function settled(): Promise<void> {
  for (let hops = 0; hops < 20; hops++) await Promise.resolve();
}

describe('a write on one of several nodes', () => {
  it('is answered when the view has it', async () => {
    const { freshness, view, answers, noting } = await informedNode();
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
    const answered = noting('deletion', freshness.deprovisioned(tenant, at(5)));
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

  it('is answered late where the view stands still, so that other nodes learn of it before, and reads here know', async () => {
    const { freshness, view, slept } = await informedNode();
    view.halted();
    await freshness.written(at(5));
    expect(slept).toEqual([expect.closeTo(2_000, -3)]);
    expect(freshness.isCurrent()).toBe(false);
    expect(await freshness.readable()).toBe(false);
    view.advanced(at(5));
    expect(freshness.isCurrent()).toBe(true);
    expect(await freshness.readable()).toBe(true);
  });

  it('leaves reads alone that came before any write', async () => {
    const { freshness } = await informedNode();
    expect(freshness.isCurrent()).toBe(true);
    expect(await freshness.readable()).toBe(true);
  });

  it('on another node is not missed where the view is late, until the view is at the end of the log', async () => {
    const { freshness, view, store } = node();
    view.halted();
    await freshness.look();
    view.advanced(at(5));
    // The other node may have answered more while the view stood still.
    store.end = at(6);
    expect(freshness.isCurrent()).toBe(false);
    expect(await freshness.readable()).toBe(false);
    const looked = freshness.look();
    await settled();
    expect(freshness.isCurrent()).toBe(false);
    view.advanced(at(6));
    await looked;
    expect(freshness.isCurrent()).toBe(true);
    expect(await freshness.readable()).toBe(true);
  });

  it('changes nothing about reads while the view keeps up', async () => {
    const { freshness, view } = await informedNode();
    const looked = freshness.look();
    expect(freshness.isCurrent()).toBe(true);
    await settled();
    view.advanced(at(5));
    await looked;
    expect(freshness.isCurrent()).toBe(true);
  });

  it('that had nothing to add is answered when the view has what the log had', async () => {
    const { freshness, view, answers, noting } = node();
    const answered = noting('retry', freshness.written(undefined));
    await settled();
    expect(answers).toEqual([]);
    view.advanced(at(5));
    await answered;
    expect(answers).toEqual(['retry']);
  });

  it('that deletes is answered though the log cannot be asked for its end', async () => {
    const { freshness, view, membershipEnd, store } = await informedNode();
    store.head = () => Promise.reject(new Error('away'));
    for (const progress of [view, membershipEnd]) progress.advanced(at(5));
    await freshness.deprovisioned(tenant, at(5));
    expect(freshness.isCurrent()).toBe(true);
  });

  it('that had nothing to add is answered late where the log does not say what it had, so that other nodes look before', async () => {
    const { freshness, store, slept } = await informedNode();
    store.head = () => Promise.reject(new Error('away'));
    await freshness.written(undefined);
    expect(slept).toEqual([expect.closeTo(2_000, -3)]);
  });

  it('may be missed where the log cannot be asked what others wrote, so that reads do not trust the view', async () => {
    const { freshness, view, store } = node();
    view.advanced(at(5));
    await freshness.look();
    expect(freshness.isCurrent()).toBe(true);
    store.head = () => Promise.reject(new Error('away'));
    await expect(freshness.look()).rejects.toThrow('away');
    expect(freshness.isCurrent()).toBe(false);
  });

  it('may be missed before this node has looked for the first time', async () => {
    const { freshness, view } = node();
    view.advanced(at(5));
    expect(freshness.isCurrent()).toBe(false);
    expect(await freshness.readable()).toBe(false);
    await freshness.look();
    expect(freshness.isCurrent()).toBe(true);
  });
});

describe('a node whose link to the log has gone silent', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** A node that has just looked, after which nothing it sends is answered. */
  async function silenced() {
    const silent = node();
    silent.view.advanced(at(5));
    await silent.freshness.look();
    silent.store.head = () => new Promise(() => {});
    return silent;
  }

  it('no longer trusts its view when another node answers what was written after the last look', async () => {
    const { freshness } = await silenced();
    const other = node();
    let answered = false;
    void other.freshness.written(at(5)).then(() => (answered = true));
    for (let waited = 0; !answered; waited += 10) {
      expect(waited).toBeLessThan(5_000);
      await jest.advanceTimersByTimeAsync(10);
    }
    expect(freshness.isCurrent()).toBe(false);
    expect(await freshness.readable()).toBe(false);
  });

  it('learns of it within a second, and says so', async () => {
    const { freshness } = await silenced();
    const looked = expect(freshness.look()).rejects.toThrow('does not answer within 1000 ms');
    await jest.advanceTimersByTimeAsync(1_000);
    await looked;
    expect(freshness.isCurrent()).toBe(false);
  });

  it('answers what had nothing to add when a writer’s patience is at its end', async () => {
    const { freshness, answers, noting } = await silenced();
    const answered = noting('retry', freshness.written(undefined));
    await jest.advanceTimersByTimeAsync(1_900);
    expect(answers).toEqual([]);
    await jest.advanceTimersByTimeAsync(100);
    expect(answers).toEqual(['retry']);
    await answered;
  });

  it('does not take an answer that comes too late for what the log holds now', async () => {
    const { freshness, store } = await silenced();
    const { promise, resolve } = Promise.withResolvers<Position>();
    store.head = () => promise;
    const looked = expect(freshness.look()).rejects.toThrow('does not answer');
    await jest.advanceTimersByTimeAsync(1_000);
    await looked;
    resolve(at(5));
    await settled();
    expect(freshness.isCurrent()).toBe(false);
  });

  it('trusts its view again after the first look that is answered', async () => {
    const { freshness, store } = await silenced();
    await jest.advanceTimersByTimeAsync(10_000);
    store.head = async () => at(5);
    await freshness.look();
    expect(freshness.isCurrent()).toBe(true);
  });
});

describe('the time that writes have waited', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  async function secondsWaited(): Promise<number> {
    const metric = (await register.getSingleMetric('scim_write_wait_seconds')?.get()) as MetricObjectWithValues<
      MetricValueWithName<string>
    >;
    return metric.values.find(({ metricName }) => metricName === 'scim_write_wait_seconds_sum')?.value ?? 0;
  }

  it('counts whole, also where a write hears at once that nobody moves the view', async () => {
    const { freshness, view } = node({ sleep: (milliseconds) => new Promise((end) => setTimeout(end, milliseconds)) });
    view.halted();
    const before = await secondsWaited();
    const written = freshness.written(at(5));
    await jest.advanceTimersByTimeAsync(2_000);
    await written;
    expect((await secondsWaited()) - before).toBeCloseTo(2, 2);
  });
});
