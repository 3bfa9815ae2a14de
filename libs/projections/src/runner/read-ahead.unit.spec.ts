import { describe, expect, it } from '@jest/globals';
import { readAhead } from './read-ahead.js';

/** Batches 1, 2, ... up to `last`; then it waits until the signal aborts, or fails. */
function subscription(last: number, failure?: Error) {
  const asked: number[] = [];
  async function* subscribe(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
    for (let batch = 1; batch <= last; batch++) {
      asked.push(batch);
      yield batch;
    }
    if (failure) throw failure;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }
  return { asked, subscribe };
}

const { signal } = new AbortController();
const prepared = () => {};

describe('reading ahead', () => {
  it('asks for the next batch while one is worked on, and for no more', async () => {
    const { asked, subscribe } = subscription(9);
    const batches = readAhead(subscribe, signal, prepared);
    for (const batch of [1, 2, 3]) {
      expect(await batches.next()).toEqual({ done: false, value: batch });
      expect(asked).toEqual(Array.from({ length: batch + 1 }, (_, index) => index + 1));
    }
    await batches.return();
  });

  it('has the next batch prepared while one is worked on', async () => {
    const heard: number[] = [];
    const batches = readAhead(subscription(9).subscribe, signal, (batch) => heard.push(batch));
    await batches.next();
    await new Promise(setImmediate);
    expect(heard).toEqual([1, 2]);
    await batches.return();
  });

  it('hands over a batch before what went wrong after it', async () => {
    const { subscribe } = subscription(1, new Error('lost'));
    const batches = readAhead(subscribe, signal, prepared);
    expect(await batches.next()).toEqual({ done: false, value: 1 });
    await new Promise(setImmediate);
    await expect(batches.next()).rejects.toThrow('lost');
  });

  it('can be left while it waits for a batch that does not come', async () => {
    const batches = readAhead(subscription(1).subscribe, signal, prepared);
    await batches.next();
    expect(await batches.return()).toEqual({ done: true, value: undefined });
  });

  it('ends with the subscription', async () => {
    const abort = new AbortController();
    const batches = readAhead(subscription(1).subscribe, abort.signal, prepared);
    await batches.next();
    const waiting = batches.next();
    abort.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
