import { describe, expect, it } from '@jest/globals';
import { type Position, beforeFirstPosition } from '../../stream-name.js';
import {
  aliceStream,
  appendTo,
  bobStream,
  given,
  givenStream,
  revision,
  sampleEvent,
  sampleEvents,
} from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

export function readingContract(context: ContractContext): void {
  describe('reading a stream', () => {
    it('that does not exist is reading nothing', async () => {
      expect(await context.store.readStream(aliceStream)).toEqual([]);
      expect(await context.store.readStream(aliceStream, { direction: 'backwards', limit: 1 })).toEqual([]);
    });

    it.each([
      { options: {}, revisions: [0, 1, 2, 3, 4] },
      { options: { from: revision(0) }, revisions: [0, 1, 2, 3, 4] },
      { options: { from: revision(3) }, revisions: [3, 4] },
      { options: { from: revision(5) }, revisions: [] },
      { options: { limit: 2 }, revisions: [0, 1] },
      { options: { limit: 0 }, revisions: [] },
      { options: { from: revision(1), limit: 3 }, revisions: [1, 2, 3] },
      { options: { from: revision(4), limit: 3 }, revisions: [4] },
      { options: { direction: 'forwards', limit: 1 }, revisions: [0] },
      { options: { direction: 'backwards' }, revisions: [4, 3, 2, 1, 0] },
      { options: { direction: 'backwards', limit: 1 }, revisions: [4] },
    ] as const)('with $options yields the revisions $revisions', async ({ options, revisions }) => {
      await givenStream(context.store, bobStream, 1);
      await givenStream(context.store, aliceStream, 5);
      await given(context.store, appendTo(bobStream, 0, sampleEvent()));
      const recorded = await context.store.readStream(aliceStream, options);
      expect(recorded.map((event) => event.revision)).toEqual(revisions);
      expect(recorded.every((event) => event.stream === aliceStream)).toBe(true);
    });

    it.each([
      { options: { from: revision(1), direction: 'backwards' } },
      { options: { from: revision(-1) } },
      { options: { limit: -1 } },
      { options: { limit: 1.5 } },
    ] as const)('with $options throws a RangeError', async ({ options }) => {
      await expect(async () => context.store.readStream(aliceStream, options)).rejects.toThrow(RangeError);
    });
  });

  describe('reading the log', () => {
    it('of a store without events finds nothing', async () => {
      expect(await context.store.readAll(beforeFirstPosition, 10)).toEqual([]);
      expect(await context.store.head()).toBe(beforeFirstPosition);
    });

    it('finds the events of all streams in the order they were appended', async () => {
      const [first] = await givenStream(context.store, aliceStream, 1);
      const [second] = await givenStream(context.store, bobStream, 1);
      const rest = sampleEvents(2);
      await given(context.store, appendTo(aliceStream, 0, ...rest));
      const recorded = await context.store.readAll(beforeFirstPosition, 10);
      expect(recorded.map((event) => event.id)).toEqual([first, second, ...rest].map((event) => event?.id));
    });

    it('has positions that grow from event to event and end at the head', async () => {
      await givenStream(context.store, aliceStream, 4);
      await given(context.store, appendTo(bobStream, 'no-stream', ...sampleEvents(3)));
      const positions = (await context.store.readAll(beforeFirstPosition, 10)).map((event) => event.position);
      expect(positions.every((position) => typeof position === 'bigint')).toBe(true);
      expect(positions.every((position, index) => position > (positions[index - 1] ?? beforeFirstPosition))).toBe(true);
      expect(positions.at(-1)).toBe(await context.store.head());
    });

    it.each([1, 2, 3, 7, 8])('in pages of %i finds each event once', async (limit) => {
      const events = await givenStream(context.store, aliceStream, 7);
      const found: string[] = [];
      let after = beforeFirstPosition;
      for (;;) {
        const page = await context.store.readAll(after, limit);
        expect(page.length).toBeLessThanOrEqual(limit);
        found.push(...page.map((event) => event.id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.position;
      }
      expect(found).toEqual(events.map((event) => event.id));
    });

    it('after the head or far beyond it finds nothing', async () => {
      await givenStream(context.store, aliceStream, 2);
      const head = await context.store.head();
      expect(await context.store.readAll(head, 10)).toEqual([]);
      expect(await context.store.readAll((head + 1_000_000n) as Position, 10)).toEqual([]);
    });

    it('finds an event as soon as its append was answered', async () => {
      let before = beforeFirstPosition;
      for (const [index, event] of sampleEvents(5).entries()) {
        const position = await given(
          context.store,
          appendTo(aliceStream, index === 0 ? 'no-stream' : index - 1, event),
        );
        const [found] = await context.store.readAll(before, 1);
        expect(found?.id).toBe(event.id);
        before = position;
      }
    });
  });
}
