import { describe, expect, it } from '@jest/globals';
import {
  aliceStream,
  allIds,
  appendTo,
  bobStream,
  given,
  givenStream,
  idsOf,
  sampleEvent,
  sampleEvents,
} from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

export function expectedRevisionContract(context: ContractContext): void {
  describe('expecting a revision', () => {
    it('creates a stream that is expected not to exist', async () => {
      const events = sampleEvents(3);
      expect(await context.store.append([appendTo(aliceStream, 'no-stream', ...events)])).toMatchObject({
        outcome: 'appended',
      });
      const recorded = await context.store.readStream(aliceStream);
      expect(recorded.map(({ id, revision }) => ({ id, revision }))).toEqual(
        events.map(({ id }, revision) => ({ id, revision })),
      );
    });

    it('refuses to create a stream that exists, and says where it is', async () => {
      await givenStream(context.store, aliceStream, 2);
      expect(await context.store.append([appendTo(aliceStream, 'no-stream', sampleEvent())])).toEqual({
        outcome: 'conflict',
        stream: aliceStream,
        expected: 'no-stream',
        actual: 1,
      });
      expect(await context.store.readStream(aliceStream)).toHaveLength(2);
    });

    it('appends after the expected revision', async () => {
      const first = await givenStream(context.store, aliceStream, 2);
      const next = sampleEvents(2);
      await given(context.store, appendTo(aliceStream, 1, ...next));
      expect(await idsOf(context.store, aliceStream)).toEqual([...first, ...next].map((event) => event.id));
    });

    it.each([
      { expected: 0, when: 'the stream has moved on' },
      { expected: 3, when: 'the stream is not there yet' },
    ])('refuses revision $expected where $when, and says where it is', async ({ expected }) => {
      await givenStream(context.store, aliceStream, 3);
      expect(await context.store.append([appendTo(aliceStream, expected, sampleEvent())])).toEqual({
        outcome: 'conflict',
        stream: aliceStream,
        expected,
        actual: 2,
      });
      expect(await context.store.readStream(aliceStream)).toHaveLength(3);
    });

    it('refuses to append to a stream that does not exist', async () => {
      expect(await context.store.append([appendTo(aliceStream, 0, sampleEvent())])).toEqual({
        outcome: 'conflict',
        stream: aliceStream,
        expected: 0,
        actual: 'no-stream',
      });
      expect(await allIds(context.store)).toEqual([]);
    });

    it('keeps the revisions of streams apart', async () => {
      await givenStream(context.store, aliceStream, 3);
      await givenStream(context.store, bobStream, 2);
      expect((await context.store.readStream(bobStream)).map((event) => event.revision)).toEqual([0, 1]);
    });

    it('answers the position of the last event it appended', async () => {
      await givenStream(context.store, bobStream, 1);
      const position = await given(context.store, appendTo(aliceStream, 'no-stream', ...sampleEvents(2)));
      const [last] = await context.store.readStream(aliceStream, { direction: 'backwards', limit: 1 });
      expect(position).toBe(last?.position);
      expect(position).toBe(await context.store.head());
    });
  });

  describe('appending no events', () => {
    it.each([
      { expected: 'no-stream', length: 0 },
      { expected: 1, length: 2 },
    ] as const)('only checks that the stream is at $expected', async ({ expected, length }) => {
      await givenStream(context.store, bobStream, 1);
      await givenStream(context.store, aliceStream, length);
      const head = await context.store.head();
      expect(await context.store.append([appendTo(aliceStream, expected)])).toEqual({
        outcome: 'appended',
        position: head,
      });
      expect(await context.store.head()).toBe(head);
    });

    it.each([
      { expected: 'no-stream', actual: 0, length: 1 },
      { expected: 0, actual: 'no-stream', length: 0 },
      { expected: 0, actual: 1, length: 2 },
    ] as const)('refuses $expected where the stream is at $actual', async ({ expected, actual, length }) => {
      await givenStream(context.store, aliceStream, length);
      expect(await context.store.append([appendTo(aliceStream, expected)])).toEqual({
        outcome: 'conflict',
        stream: aliceStream,
        expected,
        actual,
      });
    });
  });
}
