import { describe, expect, it } from '@jest/globals';
import type { EventRecord, EventStore } from '../../event-store.js';
import { beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, bobStream, given, givenStream, sampleEvents } from '../sample-events.js';
import { takeEvents } from '../take-events.js';
import type { ContractContext } from './contract-context.js';

const writers = 5;
const eventsPerWriter = 20;
const total = writers * eventsPerWriter;

export function liveSubscriptionContract(context: ContractContext): void {
  describe('following the log while it grows', () => {
    it.each([1, 3, 64])('misses and repeats nothing in batches of %i', async (batchSize) => {
      const taking = takeEvents(context.store, beforeFirstPosition, total, batchSize);
      await writeConcurrently(context.store);
      expect(await taking).toEqual(await context.store.readAll(beforeFirstPosition, total));
    });

    it('misses and repeats nothing from wherever it starts meanwhile', async () => {
      const takings: Promise<unknown>[] = [];
      await writeConcurrently(context.store, () => takings.push(takeEvents(context.store, beforeFirstPosition, total)));
      const all = await context.store.readAll(beforeFirstPosition, total);
      expect(takings).toHaveLength(total);
      for (const taken of await Promise.all(takings)) expect(taken).toEqual(all);
    });

    it('serves several subscribers, each at its own pace', async () => {
      const early = [1, 7, 50].map((batchSize) => takeEvents(context.store, beforeFirstPosition, total, batchSize));
      await writeConcurrently(context.store);
      const late = takeEvents(context.store, beforeFirstPosition, total);
      const all = await context.store.readAll(beforeFirstPosition, total);
      for (const taken of await Promise.all([...early, late])) expect(taken).toEqual(all);
    });

    it('goes on for the others where one subscriber ends', async () => {
      const staying = takeEvents(context.store, beforeFirstPosition, 2);
      const leaving = takeEvents(context.store, beforeFirstPosition, 1);
      const [first, second] = sampleEvents(2) as [EventRecord, EventRecord];
      await given(context.store, appendTo(aliceStream, 'no-stream', first));
      await leaving;
      await given(context.store, appendTo(aliceStream, 0, second));
      expect((await staying).map((event) => event.id)).toEqual([first.id, second.id]);
    });

    it('loses nothing that is appended while a batch is worked on', async () => {
      const events = [...(await givenStream(context.store, aliceStream, 2))];
      const abort = new AbortController();
      const found: string[] = [];
      for await (const batch of context.store.subscribeAll(beforeFirstPosition, {
        signal: abort.signal,
        batchSize: 2,
      })) {
        found.push(...batch.map((event) => event.id));
        if (found.length === 2) events.push(...(await givenStream(context.store, bobStream, 5)));
        if (found.length === events.length) abort.abort();
      }
      expect(found).toEqual(events.map((event) => event.id));
    });
  });
}

/** Several writers, each with a stream of its own, one append after the other. */
async function writeConcurrently(store: EventStore, beforeEach: () => void = () => {}): Promise<void> {
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (const [index, event] of sampleEvents(eventsPerWriter).entries()) {
        beforeEach();
        await given(store, appendTo(`scim.user-acme.${writer}` as never, index === 0 ? 'no-stream' : index - 1, event));
      }
    }),
  );
}
