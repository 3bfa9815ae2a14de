import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SerialQueue } from './serial-queue.js';

describe('SerialQueue', () => {
  it('runs tasks of one key in the order they came, one at a time, and those of other keys meanwhile', async () => {
    const tasks = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    const property = fc.asyncProperty(fc.scheduler(), tasks, async (scheduler, keys) => {
      const queue = new SerialQueue();
      const running = new Set<string>();
      const begun: [string, number][] = [];
      const results = keys.map((key, index) =>
        queue.run(key, async () => {
          expect(running.has(key)).toBe(false);
          running.add(key);
          begun.push([key, index]);
          await scheduler.schedule(Promise.resolve(), `${key}${index}`);
          running.delete(key);
          return index;
        }),
      );
      expect(running).toEqual(new Set(keys));
      expect(await scheduler.waitFor(Promise.all(results))).toEqual([...keys.keys()]);
      for (const key of new Set(keys)) {
        const order = begun.filter(([of]) => of === key).map(([, index]) => index);
        expect(order).toEqual(order.toSorted((one, other) => one - other));
      }
    });
    await fc.assert(property, { seed: 20260101 });
  });

  it('goes on after a task that fails, and tells only the caller of that task', async () => {
    const queue = new SerialQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('no')));
    const next = queue.run('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });

  it('begins a task at once where the earlier ones of its key are done', async () => {
    const queue = new SerialQueue();
    await Promise.allSettled([
      queue.run('a', () => Promise.resolve()),
      queue.run('a', () => Promise.reject(new Error('no'))),
    ]);
    let hasBegun = false;
    const running = queue.run('a', async () => {
      hasBegun = true;
    });
    expect(hasBegun).toBe(true);
    await running;
  });

  it('is settled once all that was handed over is done, however it ended', async () => {
    const queue = new SerialQueue();
    const done: string[] = [];
    const tasks = ['first', 'second'].map((name) => queue.run('a', async () => void done.push(name)));
    tasks.push(queue.run('b', () => Promise.reject(new Error('no'))));
    const failing = expect(tasks.at(-1)).rejects.toThrow('no');
    await queue.settled();
    expect(done).toEqual(['first', 'second']);
    await failing;
    await expect(queue.settled()).resolves.toBeUndefined();
  });
});
