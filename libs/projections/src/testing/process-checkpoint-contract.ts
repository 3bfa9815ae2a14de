import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position, Revision, StreamName } from '#event-store';
import type { EventPlace } from '../event-place.js';
import type { ProcessCheckpoint } from '../process/process-checkpoint.js';
import { OwnershipLostError } from '../projection-target.js';
import type { SourceLog } from '../source-log.js';
import { sourceLogAt } from './source-log.js';

/** What the contract needs to know of one implementation. */
export interface ProcessCheckpointUnderTest {
  /** As another process has it that reads this log. */
  open(log: SourceLog, discarded: (reason: string) => void): ProcessCheckpoint;
  remove(): Promise<void>;
}

const at = (position: number) => BigInt(position) as Position;
const log = sourceLogAt('a', at(20_000));
const place = (id: string): EventPlace => {
  return { stream: 'scim.user-acme.mia' as StreamName, revision: 3 as Revision, id };
};

/** What every `ProcessCheckpoint` keeps to. */
export function processCheckpointContract(name: string, make: () => Promise<ProcessCheckpointUnderTest>): void {
  describe(`${name} as the checkpoint of a process`, () => {
    let subject: ProcessCheckpointUnderTest;
    let reasons: string[];

    beforeEach(async () => {
      subject = await make();
      reasons = [];
    });
    afterEach(() => subject.remove());

    const open = (source = log) => subject.open(source, (reason) => reasons.push(reason));

    /** What an owner finds that takes over. */
    async function found(source = log): Promise<Position> {
      const checkpoint = open(source);
      const { checkpoint: taken } = await checkpoint.acquire();
      await checkpoint.close();
      return taken;
    }

    async function moveTo(position: Position, busy = true): Promise<void> {
      const checkpoint = open();
      const { epoch, checkpoint: from } = await checkpoint.acquire();
      await checkpoint.move({ epoch, from, to: position }, busy);
      await checkpoint.close();
    }

    it('is before the first event to begin with, and then where it was left', async () => {
      expect(await found()).toBe(at(0));
      await moveTo(at(12));
      expect(await found()).toBe(at(12));
      await moveTo(at(20), false);
      expect(await found()).toBe(at(20));
      expect(reasons).toEqual([]);
    });

    it('tells the next owner the last event it was told of', async () => {
      const checkpoint = open(sourceLogAt('a', at(20_000), [place('taken')]));
      const { epoch, checkpoint: from, last } = await checkpoint.acquire();
      await checkpoint.move({ epoch, from, to: at(12), last: place('taken') }, true);
      await checkpoint.move({ epoch, from: at(12), to: at(13) }, true);
      expect([last, (await checkpoint.acquire()).last]).toEqual([undefined, place('taken')]);
      await checkpoint.close();
    });

    it('is not moved by an owner that was overtaken', async () => {
      const [first, second] = [open(), open()];
      const { epoch, checkpoint: from } = await first.acquire();
      await second.acquire();
      await expect(first.move({ epoch, from, to: at(3) }, true)).rejects.toBeInstanceOf(OwnershipLostError);
      await Promise.all([first.close(), second.close()]);
      expect(await found()).toBe(at(0));
    });

    it('is not moved from where it does not stand, but may be moved again to where it does', async () => {
      const checkpoint = open();
      const { epoch, checkpoint: from } = await checkpoint.acquire();
      await checkpoint.move({ epoch, from, to: at(3) }, true);
      await checkpoint.move({ epoch, from, to: at(3) }, true);
      await expect(checkpoint.move({ epoch, from, to: at(5) }, true)).rejects.toBeInstanceOf(OwnershipLostError);
      await checkpoint.close();
      expect(await found()).toBe(at(3));
    });

    it.each([
      [
        'an older copy of the log',
        { ...log, head: async () => at(11) },
        'it is at position 12, beyond the end of the log at 11',
      ],
      ['another log', { ...log, identity: 'b' }, 'it was built from another log'],
    ])('is before the first event for %s, and says why', async (_, other, reason) => {
      await moveTo(at(12));
      expect(await found(other)).toBe(at(0));
      expect(await found(other)).toBe(at(0));
      expect(reasons).toEqual([reason]);
    });

    it('begins anew where the log has another event in place of the last one, and says why', async () => {
      const checkpoint = open();
      const { epoch, checkpoint: from } = await checkpoint.acquire();
      await checkpoint.move({ epoch, from, to: at(12), last: place('taken') }, true);
      await checkpoint.move({ epoch, from: at(12), to: at(13) }, true);
      await checkpoint.move({ epoch, from: at(13), to: at(14) }, false);
      await checkpoint.close();
      expect(await found(sourceLogAt('a', at(20_000), [place('taken')]))).toBe(at(14));
      expect(reasons).toEqual([]);
      const parted = sourceLogAt('a', at(20_000), [place('another')]);
      expect(await found(parted)).toBe(at(0));
      expect(await found(parted)).toBe(at(0));
      expect(reasons).toEqual([expect.stringContaining('event taken of scim.user-acme.mia')]);
    });

    it('keeps the last event of moves in which nothing was done', async () => {
      const checkpoint = open();
      const { epoch, checkpoint: from } = await checkpoint.acquire();
      await checkpoint.move({ epoch, from, to: at(2), last: place('passed') }, false);
      await checkpoint.move({ epoch, from: at(2), to: at(3) }, false);
      await checkpoint.close();
      expect(await found(sourceLogAt('a', at(20_000), [place('passed')]))).toBe(at(3));
      expect(await found(log)).toBe(at(0));
    });
  });
}
