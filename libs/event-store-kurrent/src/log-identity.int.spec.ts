import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, beforeFirstPosition } from '#event-store';
import { aliceStream, allIds, givenStream } from '#event-store/testing';
import { KurrentEventStore, type KurrentEventStoreOptions } from './kurrent-event-store.js';
import {
  LoopbackStores,
  type ServerUnderTest,
  describeWithFaults,
  freshLog,
  startServerUnderTest,
} from './testing/index.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the identity of a log', () => {
  let server: ServerUnderTest;
  let log: KurrentEventStoreOptions;
  const stores: KurrentEventStore[] = [];

  beforeEach(async () => {
    server = await startServerUnderTest();
    log = freshLog(server);
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.stop();
  });

  async function open(options = log): Promise<KurrentEventStore> {
    const store = await KurrentEventStore.open(options);
    stores.push(store);
    return store;
  }

  it('is agreed on by all who open it first at the same time, and kept', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
    const [identity] = new Set(opened.map((store) => store.identity));
    expect(identity).toMatch(uuid);
    expect(opened.map((store) => store.identity)).toEqual(opened.map(() => identity));
    expect((await open()).identity).toBe(identity);
  });

  it('is not seen by readers of the log, whose head is before the first position', async () => {
    const store = await open();
    expect(await store.head()).toBe(beforeFirstPosition);
    const [event] = await givenStream(store, aliceStream, 1);
    expect(await allIds(store)).toEqual([event?.id]);
  });

  it('and its events are another’s in another namespace of the server', async () => {
    const [store, other] = [await open(), await open(freshLog(server))];
    await givenStream(store, aliceStream, 2);
    expect(other.identity).not.toBe(store.identity);
    expect(await other.readStream(aliceStream)).toEqual([]);
    expect(await other.head()).toBe(beforeFirstPosition);
  });

  it.each(['', 'Upper', 'with-dash', 'with.dot', 'scim_'])(
    'is not looked for in the namespace "%s"',
    async (namespace) => {
      await expect(KurrentEventStore.open({ ...log, namespace })).rejects.toThrow(RangeError);
    },
  );
});

describeWithFaults('the identity of a log whose server fails', () => {
  let stores: LoopbackStores;
  beforeEach(async () => {
    stores = await LoopbackStores.start();
  });
  afterEach(() => stores.stop());

  it.each(['connection lost before commit', 'connection lost after commit', 'not ready'] as const)(
    'is recorded once with %s',
    async (fault) => {
      stores.server.faults.nextAppends(fault);
      const { identity } = await stores.open();
      expect((await stores.open()).identity).toBe(identity);
      expect(stores.server.log.all).toHaveLength(1);
    },
  );

  it('cannot be recorded on a server that is too old for our appends', async () => {
    const old = await LoopbackStores.start({ withoutBatchAppend: true });
    const opening = expect(old.open()).rejects;
    await opening.toThrow(EventStoreUnavailable);
    await old.stop();
  });

  it('cannot be known without a server', async () => {
    await stores.server.stop();
    await expect(stores.open()).rejects.toThrow(EventStoreUnavailable);
  });
});
