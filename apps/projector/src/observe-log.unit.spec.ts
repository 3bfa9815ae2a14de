import { describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, type Position } from '#event-store';
import { logHead, observeLog } from './observe-log.js';

const shown = async () => (await logHead.get()).values.map(({ value }) => value);

describe('the end of the log in the metrics', () => {
  it('is asked for when they are read, and stays as it was while the log is away', async () => {
    let head = 7n as Position;
    let isAway = false;
    const observation = observeLog({
      head: async () => {
        if (isAway) throw new EventStoreUnavailable('away');
        return head;
      },
    });
    expect(await shown()).toEqual([7]);
    head = 9n as Position;
    expect(await shown()).toEqual([9]);
    isAway = true;
    expect(await shown()).toEqual([9]);
    observation.stop();
  });

  it('does not keep the other metrics waiting for a log that does not answer', async () => {
    const observation = observeLog({ head: async () => 7n as Position });
    await shown();
    const silent = observeLog({ head: () => new Promise(() => undefined) });
    expect(await shown()).toEqual([7]);
    silent.stop();
    observation.stop();
  });

  it('is not asked for any more by a process that has let go of the log', async () => {
    let asked = 0;
    const observation = observeLog({ head: async () => BigInt(++asked) as Position });
    observation.stop();
    await shown();
    expect(asked).toBe(0);
  });
});
