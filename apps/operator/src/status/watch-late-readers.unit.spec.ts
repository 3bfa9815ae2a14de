import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { sampleGeneration, sampleStatus } from '../testing/sample-status.js';
import type { Status } from './status.js';
import { watchLateReaders } from './watch-late-readers.js';

const minute = 60_000;

/** A status whose relay, and whose live generation, are at these positions and behind since the time 0. */
function late(view: number, relay: number): Status {
  const lag = { events: 5, isMore: false, since: 0 };
  const at = (position: number) => ({ checkpoint: BigInt(position) as Position, lag, standsStill: false });
  return sampleStatus({
    generations: [sampleGeneration(at(view))],
    relay: { ...at(relay), parkedKeys: 0 },
  });
}

async function watch(now: number, ...reads: Status[]) {
  const left = [...reads];
  const status = await watchLateReaders(async () => left.shift() as Status, { now: () => now, watchMs: 1 });
  return { status, reads: reads.length - left.length };
}

describe('readers of the log that are late', () => {
  it('are not watched while events have waited for less than half a minute', async () => {
    expect(await watch(minute / 3, late(1, 1))).toMatchObject({ reads: 1, status: { relay: { standsStill: false } } });
  });

  it('stand still where they are where they were, and catch up where they are not', async () => {
    const { status, reads } = await watch(minute, late(1, 1), late(2, 1));
    expect(reads).toBe(2);
    expect([status.generations?.[0]?.standsStill, status.relay?.standsStill]).toEqual([false, true]);
  });

  it('do not stand still who have come to the end meanwhile', async () => {
    const caughtUp = sampleStatus();
    expect((await watch(minute, late(1, 1), caughtUp)).status).toEqual(caughtUp);
  });
});
