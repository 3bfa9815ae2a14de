import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LogReach } from './log-reach.js';

describe('whether a node reaches the log', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** @param took how long each look takes, milliseconds */
  function looking({ took = 0, failing = false } = {}) {
    const began: number[] = [];
    const start = performance.now();
    const look = async () => {
      began.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, took));
      if (failing) throw new Error('no answer');
    };
    return { began, reach: new LogReach(look) };
  }

  it('is asked at once, and not taken for granted until then', async () => {
    const { reach } = looking({ took: 20 });
    expect(reach.problem()).toBe('it has not been reached yet');
    await jest.advanceTimersByTimeAsync(20);
    expect(reach.problem()).toBeUndefined();
    reach.stop();
  });

  it('is asked twice a second, however long a look takes', async () => {
    const { began, reach } = looking({ took: 400 });
    await jest.advanceTimersByTimeAsync(1_600);
    expect(began).toEqual([0, 500, 1_000, 1_500]);
    reach.stop();
  });

  it('is asked again at once where a look took longer than that', async () => {
    const { began, reach } = looking({ took: 800 });
    await jest.advanceTimersByTimeAsync(1_700);
    expect(began).toEqual([0, expect.closeTo(800, -1), expect.closeTo(1_600, -1)]);
    reach.stop();
  });

  it('is a problem with its cause while it does not', async () => {
    const { reach } = looking({ failing: true });
    await jest.advanceTimersByTimeAsync(1);
    expect(reach.problem()).toBe('it cannot be reached: no answer');
    reach.stop();
  });

  it('is not asked after the stop', async () => {
    const { began, reach } = looking();
    reach.stop();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(began).toEqual([0]);
  });
});
