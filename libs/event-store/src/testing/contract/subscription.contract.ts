import { describe, expect, it } from '@jest/globals';
import { type Position, beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, givenStream, sampleEvents } from '../sample-events.js';
import { takeEvents } from '../take-events.js';
import type { ContractContext } from './contract-context.js';

export function subscriptionContract(context: ContractContext): void {
  describe('subscribing to the log', () => {
    it('yields every event after any position, and nothing before it', async () => {
      await givenStream(context.store, aliceStream, 6);
      const all = await context.store.readAll(beforeFirstPosition, 10);
      const positions = [beforeFirstPosition, ...all.map((event) => event.position)];
      for (const [index, position] of positions.slice(0, -1).entries()) {
        expect(await takeEvents(context.store, position, all.length - index)).toEqual(all.slice(index));
      }
    });

    it('from the head waits for the next event', async () => {
      const events = await givenStream(context.store, aliceStream, 2);
      const [next] = sampleEvents(1) as [never];
      const taking = takeEvents(context.store, await context.store.head(), 1);
      await context.store.append([appendTo(aliceStream, events.length - 1, next)]);
      expect(await taking).toMatchObject([{ ...(next as object), revision: 2 }]);
    });

    it.each([1, 2, 5, 100])('yields batches of at most %i events', async (batchSize) => {
      const events = await givenStream(context.store, aliceStream, 7);
      const abort = new AbortController();
      const found: string[] = [];
      for await (const batch of context.store.subscribeAll(beforeFirstPosition, { signal: abort.signal, batchSize })) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(batchSize);
        found.push(...batch.map((event) => event.id));
        if (found.length === events.length) abort.abort();
      }
      expect(found).toEqual(events.map((event) => event.id));
    });

    it('ends without a batch where the signal was aborted before', async () => {
      await givenStream(context.store, aliceStream, 2);
      expect(await nextOf(context, AbortSignal.abort())).toEqual({ done: true, value: undefined });
    });

    it('ends without an error where the signal aborts while it waits for an event', async () => {
      const abort = new AbortController();
      const waiting = nextOf(context, abort.signal);
      await context.store.head();
      abort.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
    });

    it('yields nothing more where the signal aborts while a batch is worked on', async () => {
      await givenStream(context.store, aliceStream, 4);
      const abort = new AbortController();
      const batches: Position[][] = [];
      for await (const batch of context.store.subscribeAll(beforeFirstPosition, {
        signal: abort.signal,
        batchSize: 2,
      })) {
        batches.push(batch.map((event) => event.position));
        abort.abort();
      }
      expect(batches).toHaveLength(1);
    });

    it('says that it is served, though there is nothing to bring', async () => {
      const abort = new AbortController();
      const served = new Promise<void>((onServed) => {
        const options = { signal: abort.signal, onServed };
        void context.store.subscribeAll(beforeFirstPosition, options)[Symbol.asyncIterator]().next();
      });
      await expect(served).resolves.toBeUndefined();
      abort.abort();
    });

    it('can be left in the middle', async () => {
      await givenStream(context.store, aliceStream, 4);
      const { signal } = new AbortController();
      for await (const batch of context.store.subscribeAll(beforeFirstPosition, { signal, batchSize: 1 })) {
        expect(batch).toHaveLength(1);
        break;
      }
      expect(await takeEvents(context.store, beforeFirstPosition, 4)).toHaveLength(4);
    });
  });
}

function nextOf({ store }: ContractContext, signal: AbortSignal): Promise<IteratorResult<unknown, unknown>> {
  return store.subscribeAll(beforeFirstPosition, { signal })[Symbol.asyncIterator]().next();
}
