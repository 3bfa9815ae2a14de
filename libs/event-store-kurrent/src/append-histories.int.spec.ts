import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type EventStore,
  EventStoreUnavailable,
  InMemoryEventStore,
  type StreamAppend,
  beforeFirstPosition,
} from '#event-store';
import { KurrentEventStore } from './kurrent-event-store.js';
import {
  type AppendFault,
  LoopbackStores,
  describeWithFaults,
  freshLog,
  singleStreamHistory,
  startServerUnderTest,
} from './testing/index.js';

/** What became of each append, without positions, which are of each store's own kind; those are looked up by the reader. */
async function outcomesOf(
  store: EventStore,
  history: readonly StreamAppend[],
  reader: EventStore,
): Promise<readonly unknown[]> {
  const outcomes: unknown[] = [];
  for (const append of history) {
    const result = await untilKnown(store, append);
    outcomes.push(result.outcome === 'appended' ? { outcome: 'appended' } : result);
    if (result.outcome === 'appended') expect(result.position).toBe(await positionOfLast(reader, append));
  }
  return outcomes;
}

async function untilKnown(store: EventStore, append: StreamAppend) {
  for (;;) {
    const result = await store.append([append]);
    if (result.outcome !== 'unknown') return result;
  }
}

async function positionOfLast(reader: EventStore, { stream, events }: StreamAppend) {
  return (await reader.readStream(stream)).find(({ id }) => id === events.at(-1)?.id)?.position;
}

async function contentOf(store: EventStore) {
  const all = await store.readAll(beforeFirstPosition, 1_000);
  return all.map(({ id, type, data, metadata, stream, revision }) => ({ id, type, data, metadata, stream, revision }));
}

const inMemory = () => new InMemoryEventStore({ atomicAcrossStreams: false });

describe('any history of appends', () => {
  it('ends as in memory', async () => {
    const server = await startServerUnderTest();
    await fc.assert(
      fc.asyncProperty(singleStreamHistory, async (history) => {
        const [store, model] = [await KurrentEventStore.open(freshLog(server)), inMemory()];
        try {
          expect(await outcomesOf(store, history, store)).toEqual(await outcomesOf(model, history, model));
          expect(await contentOf(store)).toEqual(await contentOf(model));
        } finally {
          await store.close();
        }
      }),
      { numRuns: 40 },
    );
    await server.stop();
  });
});

describeWithFaults('any history of appends whose answers get lost', () => {
  const fault = fc.constantFrom<AppendFault | undefined>(
    undefined,
    undefined,
    'connection lost before commit',
    'connection lost after commit',
    'never answered',
  );

  /** On a busy machine the look at the log's identity is not answered in time either. */
  async function openHasty(stores: LoopbackStores): Promise<EventStore> {
    for (;;) {
      try {
        return await stores.open('defaultDeadline=100');
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
      }
    }
  }

  it('ends as in memory, each sent again until its outcome is known', async () => {
    await fc.assert(
      fc.asyncProperty(singleStreamHistory, fc.array(fault, { maxLength: 10 }), async (history, faults) => {
        const stores = await LoopbackStores.start();
        try {
          // Only appends may be given up soon: those are sent again.
          const [hasty, patient, model] = [await openHasty(stores), await stores.open(), inMemory()];
          stores.server.faults.chooseForAppends((count) => faults[count - 1]);
          expect(await outcomesOf(hasty, history, patient)).toEqual(await outcomesOf(model, history, model));
          expect(await contentOf(patient)).toEqual(await contentOf(model));
        } finally {
          await stores.stop();
        }
      }),
      { numRuns: 40 },
    );
  });
});
