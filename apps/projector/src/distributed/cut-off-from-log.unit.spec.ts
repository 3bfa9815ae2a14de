import { describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, type Position } from '#event-store';
import { cutOffFromLog } from './cut-off-from-log.js';

const times = { askEveryMs: 1, patienceMs: 40 };

describe('a process that leads', () => {
  it.each([
    ['says that it is away', () => Promise.reject(new EventStoreUnavailable('away'))],
    ['says nothing', () => new Promise<Position>(() => undefined)],
  ])('is cut off from a log that %s for a while', async (_, head) => {
    const began = performance.now();
    await cutOffFromLog({ head }, new AbortController().signal, times);
    expect(performance.now() - began).toBeGreaterThanOrEqual(times.patienceMs);
  });

  it('is not, however often the log fails in between, where it answers', async () => {
    const over = new AbortController();
    let asked = 0;
    const head = async () => {
      asked++;
      if (asked === 60) over.abort();
      if (asked % 3 !== 0) throw new EventStoreUnavailable('away');
      return 7n as Position;
    };
    await cutOffFromLog({ head }, over.signal, { ...times, patienceMs: 60_000 });
    expect(asked).toBe(60);
  });
});
