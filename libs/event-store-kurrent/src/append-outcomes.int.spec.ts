import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { AppendTooLarge, EventStoreUnavailable } from '#event-store';
import { aliceStream, allIds, appendTo, bobStream, given, sampleEvent, sampleEvents } from '#event-store/testing';
import type { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackStores, appendUntilAppended, describeWithFaults } from './testing/index.js';

describeWithFaults('what becomes of an append', () => {
  let stores: LoopbackStores;
  let store: KurrentEventStore;

  beforeEach(async () => {
    stores = await LoopbackStores.start({ maxAppendSize: 100_000 });
    store = await stores.open();
  });
  afterEach(() => stores.stop());

  const append = () => appendTo(aliceStream, 'no-stream', ...sampleEvents(2));

  it.each(['connection lost before commit', 'connection lost after commit'] as const)(
    'is unknown with the %s, and appended when it is sent again',
    async (fault) => {
      const lost = append();
      stores.server.faults.nextAppends(fault);
      expect(await store.append([lost])).toMatchObject({ outcome: 'unknown', cause: expect.any(Error) });
      expect(await store.append([lost])).toEqual({ outcome: 'appended', position: await store.head() });
      expect(await allIds(store)).toEqual(lost.events.map((event) => event.id));
    },
  );

  it('is unknown where no answer comes in time, and appended when it is sent again', async () => {
    const hasty = await stores.open('defaultDeadline=1000');
    const slow = append();
    stores.server.faults.nextAppends('never answered');
    expect(await hasty.append([slow])).toMatchObject({ outcome: 'unknown' });
    expect(await store.append([slow])).toEqual({ outcome: 'appended', position: await store.head() });
    expect(await allIds(store)).toHaveLength(2);
  });

  it('is unknown although it was answered, where the answer came too late, which disturbs nobody', async () => {
    const hasty = await stores.open('defaultDeadline=1000');
    const release = stores.server.faults.holdAnswers();
    const late = append();
    expect(await hasty.append([late])).toMatchObject({ outcome: 'unknown' });
    release();
    await appendUntilAppended(hasty, late);
    await appendUntilAppended(hasty, appendTo(aliceStream, 1, sampleEvent()));
  });

  it('may be larger than one message of the protocol', async () => {
    const roomy = await LoopbackStores.start({ maxAppendSize: 20_000_000 });
    try {
      const large = sampleEvents(7).map((event) => ({ ...event, data: { text: 'x'.repeat(1_500_000) } }));
      const other = await roomy.open();
      await given(other, appendTo(aliceStream, 'no-stream', ...large));
      expect(await other.readStream(aliceStream)).toMatchObject(large);
    } finally {
      await roomy.stop();
    }
  });

  it('is appended with its position where the server knows a repetition but not its place', async () => {
    stores.server.faults.hidePositionOfRepetitions = true;
    const repeated = append();
    const position = await given(store, repeated);
    await given(store, appendTo(aliceStream, 1, sampleEvent()));
    expect(await store.append([repeated])).toEqual({ outcome: 'appended', position });
  });

  it('is refused as too large with the server’s limit, and nothing is written', async () => {
    const large = appendTo(aliceStream, 'no-stream', sampleEvent(), sampleEvent({ text: 'x'.repeat(120_000) }));
    await expect(store.append([large])).rejects.toThrow(AppendTooLarge);
    await expect(store.append([large])).rejects.toThrow('100000');
    expect(await allIds(store)).toEqual([]);
  });

  it('is refused as unavailable where the server is not there, or takes nothing yet', async () => {
    stores.server.faults.nextAppends('not ready');
    await expect(store.append([append()])).rejects.toThrow(EventStoreUnavailable);
    await stores.server.stop();
    await expect(store.readStream(aliceStream)).rejects.toThrow(EventStoreUnavailable);
    await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
    await expect(store.append([append()])).rejects.toThrow(EventStoreUnavailable);
  });

  it('is appended again once the server has restarted', async () => {
    const first = append();
    await given(store, first);
    await stores.server.stop();
    await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
    await stores.server.start();
    await appendUntilAppended(store, appendTo(aliceStream, 1, sampleEvent()));
    expect(await store.readStream(aliceStream)).toHaveLength(3);
  });

  it('is unknown for everything under way when the connection is lost, and each is written once when sent again', async () => {
    const appends = sampleEvents(200).map((event) =>
      appendTo(`scim.user-acme.${event.id}` as never, 'no-stream', event),
    );
    stores.server.faults.chooseForAppends((count) => (count === 60 ? 'connection lost after commit' : undefined));
    const results = await Promise.all(appends.map((each) => store.append([each])));
    const unknown = appends.filter((_, index) => results[index]?.outcome === 'unknown');
    expect(results.filter(({ outcome }) => outcome === 'conflict')).toEqual([]);
    expect(unknown.length).toBeGreaterThan(0);
    for (const each of unknown) await appendUntilAppended(store, each);
    expect((await allIds(store)).toSorted()).toEqual(
      appends.flatMap(({ events }) => events.map(({ id }) => id)).toSorted(),
    );
  });

  it('of one store is not touched by the lost connection of another', async () => {
    const other = await LoopbackStores.start();
    try {
      const otherStore = await other.open();
      const release = stores.server.faults.holdAnswers();
      const waiting = store.append([append()]);
      other.server.faults.nextAppends('connection lost after commit');
      expect(await otherStore.append([append()])).toMatchObject({ outcome: 'unknown' });
      release();
      expect(await waiting).toMatchObject({ outcome: 'appended' });
    } finally {
      await other.stop();
    }
  });

  it('is refused alone where an event is larger than any message', async () => {
    const roomy = await LoopbackStores.start({ maxAppendSize: 100_000_000 });
    try {
      const other = await roomy.open();
      const [before, huge, after] = await Promise.allSettled([
        other.append([append()]),
        other.append([appendTo(bobStream, 'no-stream', sampleEvent({ text: 'x'.repeat(16_000_000) }))]),
        other.append([appendTo(aliceStream, 1, sampleEvent())]),
      ]);
      expect([before, after]).toMatchObject([{ value: { outcome: 'appended' } }, { value: { outcome: 'appended' } }]);
      expect(huge).toMatchObject({ reason: expect.any(AppendTooLarge) });
    } finally {
      await roomy.stop();
    }
  });

  it('is refused where its stream is none of the log', async () => {
    await expect(store.append([appendTo('other-stream' as never, 'no-stream', sampleEvent())])).rejects.toThrow(
      RangeError,
    );
  });
});
