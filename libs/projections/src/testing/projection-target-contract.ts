import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#event-catalog';
import { type Position, beforeFirstPosition } from '#event-store';
import { placeOf } from '../event-place.js';
import { EventNotAppliedError, OwnershipLostError, type ProjectionTarget } from '../projection-target.js';

/** What the contract needs to know of one implementation. */
export interface TargetUnderTest {
  readonly target: ProjectionTarget;
  /** Events that can be applied in this order, at least two. */
  readonly events: readonly EventEnvelope[];
  /** An event that contradicts the rows once `events` are applied. */
  readonly contradiction: EventEnvelope;
  /** Something that is equal exactly where the rows are. */
  rows(): Promise<unknown>;
  close(): Promise<void>;
}

/** What every `ProjectionTarget` keeps to. */
export function projectionTargetContract(name: string, open: () => Promise<TargetUnderTest>): void {
  describe(`${name} as a projection target`, () => {
    let subject: TargetUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    const end = () => subject.events.at(-1)?.position as Position;

    it('begins before the first event', async () => {
      const { checkpoint } = await subject.target.acquire();
      expect(checkpoint).toBe(beforeFirstPosition);
    });

    it('keeps rows and checkpoint together', async () => {
      const before = await subject.rows();
      const { epoch, checkpoint: from } = await subject.target.acquire();
      await subject.target.apply(subject.events, { epoch, from, to: end() });
      expect(await subject.rows()).not.toEqual(before);
      expect((await subject.target.acquire()).checkpoint).toBe(end());
    });

    it('moves the checkpoint beyond the last event where the caller knows that nothing is there', async () => {
      const { epoch, checkpoint: from } = await subject.target.acquire();
      const to = (end() + 10n) as Position;
      await subject.target.apply(subject.events, { epoch, from, to });
      expect((await subject.target.acquire()).checkpoint).toBe(to);
    });

    it('tells the next owner the last event it was told of, which a move without one leaves as it is', async () => {
      const { epoch, checkpoint: from, last: none } = await subject.target.acquire();
      const last = placeOf(subject.events.at(-1) as EventEnvelope);
      await subject.target.apply(subject.events, { epoch, from, to: end(), last });
      await subject.target.apply([], { epoch, from: end(), to: (end() + 10n) as Position });
      expect([none, (await subject.target.acquire()).last]).toEqual([undefined, last]);
    });

    it('refuses an owner that was overtaken, and writes nothing of its batch', async () => {
      const { epoch, checkpoint: from } = await subject.target.acquire();
      await subject.target.acquire();
      const before = await subject.rows();
      const late = subject.target.apply(subject.events, { epoch, from, to: end() });
      await expect(late).rejects.toBeInstanceOf(OwnershipLostError);
      expect(await subject.rows()).toEqual(before);
    });

    it('refuses to apply the same batch twice', async () => {
      const { epoch, checkpoint: from } = await subject.target.acquire();
      const move = { epoch, from, to: end() };
      await subject.target.apply(subject.events, move);
      await expect(subject.target.apply(subject.events, move)).rejects.toBeInstanceOf(OwnershipLostError);
    });

    it('names the event that does not fit, and leaves rows and checkpoint as they were', async () => {
      const { epoch, checkpoint: from } = await subject.target.acquire();
      const before = await subject.rows();
      const batch = [...subject.events, subject.contradiction];
      const refused = await subject.target
        .apply(batch, { epoch, from, to: subject.contradiction.position })
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(EventNotAppliedError);
      expect((refused as EventNotAppliedError).envelope).toBe(subject.contradiction);
      expect(await subject.rows()).toEqual(before);
      expect((await subject.target.acquire()).checkpoint).toBe(from);
    });
  });
}
