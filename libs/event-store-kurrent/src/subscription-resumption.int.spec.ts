import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreUnavailable, type RecordedEvent, beforeFirstPosition } from '#event-store';
import {
  aliceStream,
  appendTo,
  given,
  givenStream,
  idsOf,
  sampleEvent,
  sampleEvents,
  takeEvents,
} from '#event-store/testing';
import type { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackStores, appendUntilAppended, describeWithFaults } from './testing/index.js';

describeWithFaults('a subscription that breaks off', () => {
  let stores: LoopbackStores;
  let store: KurrentEventStore;

  beforeEach(async () => {
    stores = await LoopbackStores.start();
    store = await stores.open();
  });
  afterEach(() => stores.stop());

  /** Takes the whole log in batches of 10, and does something in between. */
  async function takeAll(count: number, between: (taken: number) => void | Promise<void>): Promise<RecordedEvent[]> {
    const abort = new AbortController();
    const taken: RecordedEvent[] = [];
    for await (const batch of store.subscribeAll(beforeFirstPosition, { signal: abort.signal, batchSize: 10 })) {
      taken.push(...batch);
      await between(taken.length);
      if (taken.length >= count) abort.abort();
    }
    return taken;
  }

  it('is dropped for being slow and goes on without a gap or a repetition', async () => {
    await given(store, appendTo(aliceStream, 'no-stream', ...sampleEvents(300)));
    let drops = 0;
    const taken = await takeAll(300, (count) => {
      if (count % 50 < 10 && ++drops) stores.server.dropSubscriptions();
    });
    expect(drops).toBeGreaterThan(4);
    expect(taken.map((event) => event.revision)).toEqual(Array.from({ length: 300 }, (_, index) => index));
  });

  it('loses its connection and goes on, while events are appended', async () => {
    await given(store, appendTo(aliceStream, 'no-stream', ...sampleEvents(50)));
    const taken = await takeAll(100, async (count) => {
      if (count === 50) await appendUntilAppended(store, appendTo(aliceStream, 49, ...sampleEvents(50)));
      stores.server.cut();
    });
    expect(taken.map((event) => event.id)).toEqual(await idsOf(store, aliceStream));
  });

  it('waits quietly, is dropped, and hears of the next event', async () => {
    await givenStream(store, aliceStream, 1);
    const waiting = takeEvents(store, await store.head(), 1);
    await subscribed();
    stores.server.dropSubscriptions();
    await subscribed();
    await given(store, appendTo(aliceStream, 0, ...sampleEvents(1)));
    expect((await waiting).map((event) => event.revision)).toEqual([1]);
  });

  it('does not search again what the server has searched without a match', async () => {
    await givenStream(store, aliceStream, 1);
    const waiting = takeEvents(store, await store.head(), 1);
    await subscribed();
    noise(10_000);
    const { subscriptions } = stores.server;
    await eventually(() => subscriptions[0]?.searched === 10_000);
    stores.server.dropSubscriptions();
    await given(store, appendTo(aliceStream, 0, ...sampleEvents(1)));
    expect(await waiting).toHaveLength(1);
    expect(subscriptions).toHaveLength(2);
    expect(subscriptions[1]?.searched).toBeLessThanOrEqual(2_001);
  });

  it('lets the server send ahead far more than HTTP/2 does by itself, while it waits to be asked', async () => {
    const text = 'x'.repeat(2_000);
    const events = Array.from({ length: 400 }, () => sampleEvent({ text }));
    await given(store, appendTo(aliceStream, 'no-stream', ...events));
    const signal = new AbortController().signal;
    const reader = store.subscribeAll(beforeFirstPosition, { signal, batchSize: 10 })[Symbol.asyncIterator]();
    await reader.next();
    await eventually(() => stores.server.subscriptions.at(-1)?.searched === 400);
    await reader.return?.();
  });

  it('says that the store is unavailable where it cannot be taken up again', async () => {
    await givenStream(store, aliceStream, 1);
    const waiting = takeEvents(store, await store.head(), 1);
    await subscribed();
    await stores.server.stop();
    await expect(waiting).rejects.toThrow(EventStoreUnavailable);
  });

  it('is followed through drops, lost connections and restarts, each event once and in order', async () => {
    const following = follow(300);
    for (let revision = 0; revision < 300; revision++) {
      const append = appendTo(aliceStream, revision === 0 ? 'no-stream' : revision - 1, ...sampleEvents(1));
      await appendUntilAppended(store, append);
      if (revision % 20 === 3) stores.server.dropSubscriptions();
      if (revision % 20 === 8) stores.server.cut();
      if (revision % 100 === 50) {
        await stores.server.stop();
        await stores.server.start();
      }
    }
    expect(await following).toEqual(await idsOf(store, aliceStream));
  });

  /** Follows the log as a projection does: where the store is away, it begins again from its checkpoint. */
  async function follow(count: number): Promise<readonly string[]> {
    const abort = new AbortController();
    const ids: string[] = [];
    let checkpoint = beforeFirstPosition;
    while (!abort.signal.aborted) {
      try {
        for await (const batch of store.subscribeAll(checkpoint, { signal: abort.signal, batchSize: 7 })) {
          ids.push(...batch.map((event) => event.id));
          checkpoint = batch.at(-1)?.position ?? checkpoint;
          if (ids.length >= count) abort.abort();
        }
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
        await new Promise(setImmediate);
      }
    }
    return ids;
  }

  /** Events of another program on the same server. */
  function noise(count: number): void {
    const [data, metadata] = [Buffer.from('{}'), Buffer.from('')];
    for (let index = 0; index < count; index++) {
      const event = { id: `noise-${index}`, type: 'measured', contentType: 'application/json', data, metadata };
      stores.server.log.write('meter-1', index - 1, [event]);
    }
  }

  const subscribed = () => eventually(() => stores.server.liveSubscriptions.length > 0);
});

/** @throws where it takes longer than a test may; a failed test is not to go on for ever. */
async function eventually(holds: () => boolean): Promise<void> {
  const tooLate = AbortSignal.timeout(10_000);
  while (!holds()) {
    tooLate.throwIfAborted();
    await new Promise(setImmediate);
  }
}
