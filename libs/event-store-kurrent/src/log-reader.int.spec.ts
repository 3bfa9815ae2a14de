import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, beforeFirstPosition } from '#event-store';
import {
  aliceStream,
  allIds,
  appendTo,
  given,
  givenStream,
  idsOf,
  sampleEvents,
  takeEvents,
} from '#event-store/testing';
import { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackStores, describeWithFaults, freshLog, startServerUnderTest } from './testing/index.js';

describe('a read', () => {
  it('of a long stream or log goes page by page, either way', async () => {
    const server = await startServerUnderTest();
    const store = await KurrentEventStore.open(freshLog(server));
    const events = sampleEvents(4_500);
    for (let from = 0; from < events.length; from += 1_500) {
      const append = appendTo(aliceStream, from === 0 ? 'no-stream' : from - 1, ...events.slice(from, from + 1_500));
      await given(store, append);
    }
    const ids = events.map((event) => event.id);
    expect(await idsOf(store, aliceStream)).toEqual(ids);
    expect(await allIds(store)).toEqual(ids);
    const backwards = await store.readStream(aliceStream, { direction: 'backwards', limit: 4_400 });
    expect(backwards.map((event) => event.id)).toEqual(ids.toReversed().slice(0, 4_400));
    await store.close();
    await server.stop();
  });
});

describeWithFaults('a read that fails', () => {
  let stores: LoopbackStores;
  let store: KurrentEventStore;

  beforeEach(async () => {
    stores = await LoopbackStores.start();
    store = await stores.open();
  });
  afterEach(() => stores.stop());

  it('that loses its connection is made again', async () => {
    const events = await givenStream(store, aliceStream, 3);
    stores.server.faults.nextReads('connection lost');
    expect(await idsOf(store, aliceStream)).toEqual(events.map((event) => event.id));
  });

  it('that is not answered in time says that the store is unavailable', async () => {
    const hasty = await stores.open('defaultDeadline=1000');
    stores.server.faults.nextReads('never answered');
    await expect(hasty.head()).rejects.toThrow(EventStoreUnavailable);
    expect(await hasty.head()).toBe(beforeFirstPosition);
  });

  it('that is denied says so', async () => {
    stores.server.faults.nextReads('denied', 'denied');
    await expect(store.readStream(aliceStream)).rejects.toThrow('Access Denied');
    await expect(takeEvents(store, beforeFirstPosition, 1)).rejects.toThrow('Access Denied');
  });
});
