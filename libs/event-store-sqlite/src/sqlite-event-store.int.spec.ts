import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EventIdTaken,
  EventStoreDamaged,
  InMemoryEventStore,
  type RecordedEvent,
  beforeFirstPosition,
} from '#event-store';
import {
  aliceStream,
  allIds,
  appendTo,
  bobStream,
  eventStoreContract,
  given,
  sampleEvent,
  sampleEvents,
} from '#event-store/testing';
import { SqliteEventStore } from './sqlite-event-store.js';
import { historyOfAppends } from './testing/append-histories.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

eventStoreContract('SQLite', {
  capabilities: { atomicAcrossStreams: true, uniqueEventIds: true },
  create: async () => {
    const folder = temporaryFolder();
    const file = folder.path('log.db');
    let store = SqliteEventStore.open({ file });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = SqliteEventStore.open({ file });
        return store;
      },
      dispose: async () => {
        await store.close();
        folder.remove();
      },
    };
  },
});

describe('SqliteEventStore', () => {
  let folder: TemporaryFolder;
  let store: SqliteEventStore;

  beforeEach(() => {
    folder = temporaryFolder();
    store = SqliteEventStore.open({ file: folder.path('log.db'), clock: { now: () => 1_234 } });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  it('records the instant its clock shows', async () => {
    await given(store, appendTo(aliceStream, 'no-stream', sampleEvent()));
    expect((await store.readStream(aliceStream))[0]?.recordedAt).toBe(1_234);
  });

  it('commits the appends of one turn in one transaction', async () => {
    await Promise.all(
      sampleEvents(100).map((event, index) =>
        given(store, appendTo(aliceStream, index === 0 ? 'no-stream' : index - 1, event)),
      ),
    );
    expect(store.statistics).toEqual({ commits: 1, appends: 100 });
  });

  it('refuses an event id that is used in another stream, alone of the appends of its turn', async () => {
    const event = sampleEvent();
    await given(store, appendTo(aliceStream, 'no-stream', event));
    const [before, taken, after] = await Promise.allSettled([
      store.append([appendTo(bobStream, 'no-stream', sampleEvent())]),
      store.append([appendTo(bobStream, 0, sampleEvent(), event)]),
      store.append([appendTo(bobStream, 0, sampleEvent())]),
    ]);
    expect(before).toMatchObject({ value: { outcome: 'appended' } });
    expect(taken).toMatchObject({ reason: expect.any(EventIdTaken) });
    expect(after).toMatchObject({ value: { outcome: 'appended' } });
    expect(await allIds(store)).toHaveLength(3);
  });

  it('says that the file is damaged where it cannot be read', async () => {
    await given(store, appendTo(aliceStream, 'no-stream', ...sampleEvents(2_000)));
    await store.close();
    store = SqliteEventStore.open({ file: folder.path('log.db') });
    const { size } = statSync(folder.path('log.db'));
    const handle = openSync(folder.path('log.db'), 'r+');
    writeSync(handle, Buffer.alloc(size / 4, 0xff), 0, size / 4, size / 4);
    closeSync(handle);
    await expect(store.readStream(aliceStream)).rejects.toThrow(EventStoreDamaged);
    const all = store.readAll(beforeFirstPosition, 2_000);
    await expect(all).rejects.toThrow(EventStoreDamaged);
    await expect(all).rejects.toThrow('cannot be read');
  });

  it('answers any history of appends as the in-memory store does', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(historyOfAppends, async (history) => {
        const model = new InMemoryEventStore({ clock: { now: () => 1_234 } });
        const real = SqliteEventStore.open({ file: folder.path(`${files++}.db`), clock: { now: () => 1_234 } });
        try {
          for (const turn of history) {
            const [expected, answered] = await Promise.all(
              [model, real].map((each) => Promise.allSettled(turn.map((appends) => each.append(appends)))),
            );
            expect(answered).toEqual(expected);
          }
          const [modelled, recorded] = await Promise.all(
            [model, real].map(async (each) => (await each.readAll(beforeFirstPosition, 1_000)).map(contentOf)),
          );
          expect(recorded).toEqual(modelled);
        } finally {
          await real.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** What the port promises of an event, whatever object a store makes of it. */
function contentOf({ id, type, data, metadata, stream, revision, position, recordedAt }: RecordedEvent) {
  return { id, type, data, metadata, stream, revision, position, recordedAt };
}
