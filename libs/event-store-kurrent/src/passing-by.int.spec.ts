import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type RecordedEvent, type StreamName, beforeFirstPosition } from '#event-store';
import { aliceStream, appendTo, claimStream, given, idsOf, sampleEvents } from '#event-store/testing';
import type { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackStores, describeWithFaults } from './testing/index.js';

const batchSize = 10;
const rounds = 30;

describeWithFaults('a subscription whose reader passes some streams by', () => {
  let stores: LoopbackStores;
  let store: KurrentEventStore;

  beforeEach(async () => {
    stores = await LoopbackStores.start();
    store = await stores.open();
  });
  afterEach(() => stores.stop());

  it('is not sent their events while it catches up', async () => {
    await write();
    const taken = await takeToTheEnd();
    expect(idsIn(taken, aliceStream)).toEqual(await idsOf(store, aliceStream));
    // Of the 150, those that stand after the last of the others.
    expect(idsIn(taken, claimStream)).toEqual((await idsOf(store, claimStream)).slice(-5));
  });

  it('misses and repeats nothing of the others where it is dropped meanwhile, or loses its connection', async () => {
    await write();
    let breaks = 0;
    const taken = await takeToTheEnd(() => (++breaks % 2 ? stores.server.dropSubscriptions() : stores.server.cut()));
    expect(breaks).toBeGreaterThan(10);
    expect(idsIn(taken, aliceStream)).toEqual(await idsOf(store, aliceStream));
    expect(idsIn(taken, claimStream)).toEqual((await idsOf(store, claimStream)).slice(-5));
  });

  /** In rounds, 5 events each, of others before those that are passed by. */
  async function write(): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      for (const stream of [aliceStream, claimStream]) {
        await given(store, appendTo(stream, round === 0 ? 'no-stream' : round * 5 - 1, ...sampleEvents(5)));
      }
    }
  }

  async function takeToTheEnd(between: () => void = () => undefined): Promise<readonly RecordedEvent[]> {
    const head = await store.head();
    const abort = new AbortController();
    const taken: RecordedEvent[] = [];
    const options = { signal: abort.signal, batchSize, passingBy: ['scim.name-'] };
    for await (const batch of store.subscribeAll(beforeFirstPosition, options)) {
      taken.push(...batch);
      if (batch.at(-1)?.position === head) abort.abort();
      else between();
    }
    return taken;
  }

  const idsIn = (events: readonly RecordedEvent[], stream: StreamName) =>
    events.filter((event) => event.stream === stream).map(({ id }) => id);
});
