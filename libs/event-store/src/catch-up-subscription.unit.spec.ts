import { describe, expect, it } from '@jest/globals';
import { catchUpSubscription } from './catch-up-subscription.js';
import { InMemoryEventStore } from './in-memory-event-store.js';
import { LogGrowth } from './log-growth.js';
import { beforeFirstPosition } from './stream-name.js';
import { aliceStream, givenStream } from './testing/index.js';

describe('catchUpSubscription', () => {
  it('reads a batch only when the one before was taken', async () => {
    const store = new InMemoryEventStore();
    await givenStream(store, aliceStream, 4);
    let reads = 0;
    const counting: Pick<InMemoryEventStore, 'readAll'> = {
      readAll: (after, limit) => (reads++, store.readAll(after, limit)),
    };
    const { signal } = new AbortController();
    const batches = catchUpSubscription(counting, new LogGrowth(), beforeFirstPosition, { signal, batchSize: 2 });
    expect(reads).toBe(0);
    for (const expected of [1, 2]) {
      await batches.next();
      expect(reads).toBe(expected);
    }
  });

  it('notices growth that falls between reading the end and waiting', async () => {
    const store = new InMemoryEventStore();
    const growth = new LogGrowth();
    const { signal } = new AbortController();
    const racing: Pick<InMemoryEventStore, 'readAll'> = {
      readAll: async (after, limit) => {
        const found = await store.readAll(after, limit);
        if (found.length === 0) {
          await givenStream(store, aliceStream, 1);
          growth.announce();
        }
        return found;
      },
    };
    const { value } = await catchUpSubscription(racing, growth, beforeFirstPosition, { signal }).next();
    expect(value).toHaveLength(1);
  });

  it('refuses batches of no events', async () => {
    const { signal } = new AbortController();
    const options = { signal, batchSize: 0 };
    const batches = catchUpSubscription(new InMemoryEventStore(), new LogGrowth(), beforeFirstPosition, options);
    await expect(batches.next()).rejects.toThrow(RangeError);
  });
});
