import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreUnavailable, beforeFirstPosition } from '#event-store';
import {
  aliceStream,
  allIds,
  appendTo,
  bobStream,
  given,
  givenStream,
  sampleEvent,
  takeEvents,
} from '#event-store/testing';
import { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackCluster, type LoopbackServer, describeWithFaults } from './testing/index.js';

describeWithFaults('a cluster', () => {
  let cluster: LoopbackCluster;
  const stores: KurrentEventStore[] = [];

  beforeEach(async () => {
    cluster = await LoopbackCluster.start();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await cluster.stop();
  });

  async function open(connectionString: string): Promise<KurrentEventStore> {
    const store = await KurrentEventStore.open({ connectionString });
    stores.push(store);
    return store;
  }

  const follower = () => cluster.followers[0] as LoopbackServer;

  it('is written and read through its leader, though a follower was named', async () => {
    const store = await open(follower().connectionString());
    const [event] = await givenStream(store, aliceStream, 1);
    expect(await allIds(store)).toEqual([event?.id]);
    expect(await takeEvents(store, beforeFirstPosition, 1)).toHaveLength(1);
  });

  it('is found by gossip, also when some of the nodes named are away', async () => {
    await follower().stop();
    const store = await open(cluster.connectionString());
    expect(await given(store, appendTo(aliceStream, 'no-stream', sampleEvent()))).toBe(await store.head());
  });

  it('has another leader from one append to the next', async () => {
    const store = await open(cluster.connectionString());
    await givenStream(store, aliceStream, 3);
    for (const leader of [...cluster.followers, cluster.leader]) {
      cluster.elect(leader);
      const { length } = await store.readStream(aliceStream);
      await given(store, appendTo(aliceStream, length - 1, sampleEvent()));
      cluster.elect(cluster.followers[0] as LoopbackServer);
      expect(await store.readStream(aliceStream)).toHaveLength(length + 1);
    }
  });

  it('has another leader while many appends are under way, none of which is lost or written twice', async () => {
    const store = await open(cluster.connectionString());
    const appends = Array.from({ length: 60 }, (_, index) =>
      appendTo(`scim.user-acme.${index}` as never, 'no-stream', sampleEvent()),
    );
    const results = appends.map(async (append, index) => {
      if (index === 30) cluster.elect(follower());
      return store.append([append]);
    });
    expect((await Promise.all(results)).map(({ outcome }) => outcome)).toEqual(appends.map(() => 'appended'));
    expect(new Set(await allIds(store)).size).toBe(60);
  });

  it('says that an append was appended whose answer was lost with the leader', async () => {
    const store = await open(cluster.connectionString());
    const append = appendTo(aliceStream, 'no-stream', sampleEvent());
    const release = cluster.leader.faults.holdAnswers();
    const lost = store.append([append]);
    await cluster.leader.log.growth(1, AbortSignal.timeout(10_000));
    cluster.elect(follower());
    await given(store, appendTo(bobStream, 'no-stream', sampleEvent()));
    expect(await lost).toEqual({ outcome: 'appended', position: (await store.readStream(aliceStream))[0]?.position });
    release();
    expect(await allIds(store)).toHaveLength(2);
  });

  it('leaves an append unknown, not refused, whose answer was lost with the leader when nobody leads afterwards', async () => {
    const store = await open(cluster.connectionString('maxDiscoverAttempts=1&discoveryInterval=10'));
    const release = cluster.leader.faults.holdAnswers();
    const lost = store.append([appendTo(aliceStream, 'no-stream', sampleEvent())]);
    await cluster.leader.log.growth(1, AbortSignal.timeout(10_000));
    cluster.elect(follower());
    await follower().stop();
    const next = store.append([appendTo(bobStream, 'no-stream', sampleEvent())]);
    expect(await lost).toMatchObject({ outcome: 'unknown' });
    expect(await next).toMatchObject({ outcome: 'unknown' });
    release();
  });

  it('leaves an append unknown, not refused, that the leader took before it lost an election nobody has won yet', async () => {
    const store = await open(cluster.connectionString('maxDiscoverAttempts=1&discoveryInterval=10'));
    const former = cluster.leader;
    const release = former.faults.holdAnswers();
    const lost = store.append([appendTo(aliceStream, 'no-stream', sampleEvent())]);
    await former.log.growth(1, AbortSignal.timeout(10_000));
    for (const { faults } of cluster.nodes) faults.electing = true;
    cluster.elect(follower());
    await cluster.leader.stop();
    // A read finds out first, and leaves no connection that the append could go on with.
    await expect(store.head()).rejects.toThrow('Failed to discover');
    const next = store.append([appendTo(bobStream, 'no-stream', sampleEvent())]);
    expect(await lost).toMatchObject({ outcome: 'unknown' });
    expect(await next).toMatchObject({ outcome: 'unknown' });
    release();
  });

  it('serves subscriptions from a follower where the connection string prefers one', async () => {
    const store = await open(cluster.connectionString('nodePreference=follower'));
    await givenStream(store, bobStream, 2);
    expect(await takeEvents(store, beforeFirstPosition, 2)).toHaveLength(2);
    expect(cluster.leader.subscriptions).toHaveLength(0);
    expect(cluster.followers.flatMap((node) => node.subscriptions)).toHaveLength(1);
  });

  it('is unavailable where no node is there, and it says so instead of ending the process', async () => {
    const store = await open(cluster.connectionString('maxDiscoverAttempts=2&discoveryInterval=10'));
    await givenStream(store, aliceStream, 1);
    const waiting = expect(takeEvents(store, await store.head(), 1)).rejects.toThrow(EventStoreUnavailable);
    await cluster.stop();
    const calls = [store.head(), store.readStream(aliceStream), store.readAll(beforeFirstPosition, 1)];
    for (const call of calls) await expect(call).rejects.toThrow(EventStoreUnavailable);
    await expect(store.head()).rejects.toThrow('Failed to discover');
    await expect(store.append([appendTo(aliceStream, 0, sampleEvent())])).rejects.toThrow(EventStoreUnavailable);
    await waiting;
  });
});
