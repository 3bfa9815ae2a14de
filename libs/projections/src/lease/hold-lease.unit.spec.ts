import { describe, expect, it } from '@jest/globals';
import type { Lease } from './lease.js';
import { type LeaseObserver, holdLease } from './hold-lease.js';

/** A lease whose answers are told in advance; the last one is given over and over. */
class ToldLease implements Lease {
  released = 0;
  asked = 0;

  constructor(
    readonly lastsMs: number,
    private readonly answers: (boolean | Error | 'never' | 'late')[],
  ) {}

  async claim(): Promise<boolean> {
    this.asked += 1;
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === 'never') return new Promise(() => undefined);
    if (answer instanceof Error) throw answer;
    if (answer !== 'late') return answer ?? false;
    for (const until = performance.now() + this.lastsMs; performance.now() < until;);
    return true;
  }

  async release(): Promise<void> {
    this.released += 1;
  }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Stands by and works until the work has ended so many times. */
async function hold(lease: Lease, times: number, work: (signal: AbortSignal) => Promise<unknown> = untilAborted) {
  const stop = new AbortController();
  const said: string[] = [];
  const observer: LeaseObserver = {
    taken: () => said.push('taken'),
    ended: (reason) => {
      said.push(reason);
      if (said.filter((word) => ['taken-over', 'expired', 'given-back'].includes(word)).length >= times) stop.abort();
    },
    unclear: () => said.push('unclear'),
    failed: (cause) => said.push(String(cause)),
  };
  await holdLease({ lease, work, observer, askEveryMs: 1 }, stop.signal);
  return said;
}

describe('holding a lease', () => {
  it('stands by until the lease is granted', async () => {
    const lease = new ToldLease(30, [false, new Error('away'), false, true, false]);
    expect(await hold(lease, 1)).toEqual(['unclear', 'taken', 'taken-over']);
    expect(lease.asked).toBe(5);
  });

  it('does not begin with a lease that is over when the answer comes, whoever may have it by then', async () => {
    const lease = new ToldLease(30, ['late', false, true, false]);
    expect(await hold(lease, 1)).toEqual(['taken', 'taken-over']);
    expect(lease.asked).toBe(4);
  });

  it('ends the work when another has taken the lease over', async () => {
    let stopped = false;
    const work = async (signal: AbortSignal) => {
      await untilAborted(signal);
      stopped = true;
    };
    await hold(new ToldLease(30, [true, true, false]), 1, work);
    expect(stopped).toBe(true);
  });

  it.each([
    ['fails', new Error('away')],
    ['is not answered', 'never' as const],
  ])('bears with a renewal that %s until the lease has ended', async (_, answer) => {
    const said = await hold(new ToldLease(30, [true, answer]), 1);
    expect(said[0]).toBe('taken');
    expect(said.at(-1)).toBe('expired');
  });

  it('ends the work where the process did not run until the lease had ended, whoever may have it now', async () => {
    const work = (signal: AbortSignal) => {
      for (const until = performance.now() + 60; performance.now() < until;);
      return untilAborted(signal);
    };
    expect(await hold(new ToldLease(30, [true]), 1, work)).toEqual(['taken', 'expired']);
  });

  it('gives the lease back when the work ends by itself, and takes it up again', async () => {
    const lease = new ToldLease(30, [true]);
    const said = await hold(lease, 2, async () => undefined);
    expect(said).toEqual(['taken', 'given-back', 'taken', 'given-back']);
    expect(lease.released).toBe(2);
  });

  it('gives the lease back where the work fails, for another to try', async () => {
    const lease = new ToldLease(30, [true]);
    const said = await hold(lease, 1, () => Promise.reject(new Error('poison')));
    expect(said).toEqual(['taken', 'Error: poison', 'given-back']);
    expect(lease.released).toBe(1);
  });

  it('gives the lease back when the process is to stop', async () => {
    const lease = new ToldLease(30_000, [true]);
    const stop = new AbortController();
    const holding = holdLease({ lease, work: untilAborted, observer: { taken: () => stop.abort() } }, stop.signal);
    await holding;
    expect(lease.released).toBe(1);
  });
});
