import { describe, expect, it } from '@jest/globals';
import { EventIdTaken } from './append-rules.js';
import type { EventStoreCapabilities } from './event-store.js';
import { InMemoryEventStore } from './in-memory-event-store.js';
import { aliceStream, appendTo, bobStream, eventStoreContract, given, sampleEvent } from './testing/index.js';

const variants: readonly EventStoreCapabilities[] = [
  { atomicAcrossStreams: true, uniqueEventIds: true },
  { atomicAcrossStreams: false, uniqueEventIds: true },
];

for (const capabilities of variants) {
  eventStoreContract(`In memory with ${JSON.stringify(capabilities)}`, {
    capabilities,
    create: async () => {
      const store = new InMemoryEventStore(capabilities);
      return { store, reopen: async () => store, dispose: () => store.close() };
    },
  });
}

describe('InMemoryEventStore', () => {
  it('records the instant its clock shows', async () => {
    const store = new InMemoryEventStore({ clock: { now: () => 1_234 } });
    await given(store, appendTo(aliceStream, 'no-stream', sampleEvent()));
    expect((await store.readStream(aliceStream))[0]?.recordedAt).toBe(1_234);
  });

  it('refuses an event id that is used in another stream', async () => {
    const store = new InMemoryEventStore();
    const event = sampleEvent();
    await given(store, appendTo(aliceStream, 'no-stream', event));
    await expect(store.append([appendTo(bobStream, 'no-stream', event)])).rejects.toThrow(EventIdTaken);
  });
});
