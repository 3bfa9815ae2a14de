import { describe, expect, it } from '@jest/globals';
import type { EventRecord, EventStore, ExpectedRevision } from '../../event-store.js';
import { beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, givenStream, idsOf, sampleEvent, sampleEvents } from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

export function concurrentAppendContract(context: ContractContext): void {
  describe('appending at the same time', () => {
    it('has one winner for a revision, and tells the others where the stream is', async () => {
      await givenStream(context.store, aliceStream, 1);
      const results = await Promise.all(
        sampleEvents(20).map((event) => context.store.append([appendTo(aliceStream, 0, event)])),
      );
      expect(results.filter((result) => result.outcome === 'appended')).toHaveLength(1);
      expect(results.filter((result) => result.outcome === 'conflict')).toEqual(
        Array.from({ length: 19 }, () => ({ outcome: 'conflict', stream: aliceStream, expected: 0, actual: 1 })),
      );
      expect(await context.store.readStream(aliceStream)).toHaveLength(2);
    });

    it('keeps revisions contiguous while writers decide again until each is in', async () => {
      const events = sampleEvents(20);
      await Promise.all(events.map((event) => appendAtTail(context.store, event)));
      const recorded = await context.store.readStream(aliceStream);
      expect(recorded.map((event) => event.revision)).toEqual(events.map((_, index) => index));
      expect(new Set(recorded.map((event) => event.id))).toEqual(new Set(events.map((event) => event.id)));
    });

    it('takes appends to different streams without a conflict', async () => {
      const appends = sampleEvents(30).map((event) =>
        appendTo(`scim.user-acme.${event.id}` as never, 'no-stream', event),
      );
      const results = await Promise.all(appends.map((append) => context.store.append([append])));
      expect(results.map((result) => result.outcome)).toEqual(appends.map(() => 'appended'));
      const positions = (await context.store.readAll(beforeFirstPosition, 100)).map((event) => event.position);
      expect(positions).toHaveLength(30);
      expect(positions).toEqual([...new Set(positions)].sort((left, right) => Number(left - right)));
    });

    it('takes appends that build on one another in the order they were handed over', async () => {
      const events = sampleEvents(5);
      const results = await Promise.all(
        events.map((event, index) =>
          context.store.append([appendTo(aliceStream, index === 0 ? 'no-stream' : index - 1, event)]),
        ),
      );
      expect(results.map((result) => result.outcome)).toEqual(events.map(() => 'appended'));
      expect(await idsOf(context.store, aliceStream)).toEqual(events.map((event) => event.id));
    });

    it('is not disturbed by an append that cannot be taken', async () => {
      const cyclic: { self?: unknown } = {};
      cyclic.self = cyclic;
      const [good, bad, next] = await Promise.allSettled([
        context.store.append([appendTo(aliceStream, 'no-stream', sampleEvent())]),
        context.store.append([appendTo(aliceStream, 0, sampleEvent(), sampleEvent(cyclic as never))]),
        context.store.append([appendTo(aliceStream, 0, sampleEvent())]),
      ]);
      expect(good).toMatchObject({ value: { outcome: 'appended' } });
      expect(bad.status).toBe('rejected');
      expect(next).toMatchObject({ value: { outcome: 'appended' } });
      expect(await context.store.readStream(aliceStream)).toHaveLength(2);
    });
  });
}

async function appendAtTail(store: EventStore, event: EventRecord): Promise<void> {
  let expected: ExpectedRevision = 'no-stream';
  for (;;) {
    const result = await store.append([appendTo(aliceStream, expected, event)]);
    if (result.outcome === 'appended') return;
    if (result.outcome === 'conflict') expected = result.actual;
  }
}
