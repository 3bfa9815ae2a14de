import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyedQueue } from './keyed-queue.js';

describe('KeyedQueue', () => {
  it('runs tasks of one key in the order they came, one at a time, and those of other keys meanwhile', async () => {
    const tasks = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    const property = fc.asyncProperty(fc.scheduler(), tasks, async (scheduler, keys) => {
      const queue = new KeyedQueue();
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
    const queue = new KeyedQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('no')));
    const next = queue.run('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });

  it('remembers nothing of keys that have nothing left to do', async () => {
    const queue = new KeyedQueue();
    const tasks = [1, 2, 3].map(() => queue.run('a', () => Promise.resolve()));
    tasks.push(queue.run('b', () => Promise.reject(new Error('no'))));
    expect(queue.size).toBe(2);
    await Promise.allSettled(tasks);
    expect(queue.size).toBe(0);
  });
});
