import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import type { Halt, HaltRecord } from '../halts/halt.js';

export interface HaltRecordUnderTest {
  /** As another process has it. */
  open(): HaltRecord;
  remove(): Promise<void>;
}

const atEvent: Halt = {
  projection: 'directory-view',
  kind: 'unreadable',
  event: { id: 'event', type: 'user.abducted', position: 9_007_199_254_740_993n as Position },
  reason: 'the type is not known',
  since: 1_700_000_000_000,
};
const atTarget: Halt = { projection: 'relay', kind: 'target', reason: 'other topics', since: 1_700_000_000_001 };

/** What every `HaltRecord` keeps to. */
export function haltRecordContract(name: string, make: () => Promise<HaltRecordUnderTest>): void {
  describe(`${name} as a record of halts`, () => {
    let subject: HaltRecordUnderTest;
    let record: HaltRecord;
    beforeEach(async () => {
      subject = await make();
      record = subject.open();
    });
    afterEach(() => subject.remove());

    it('has none at first, and lifts none in vain', async () => {
      expect(await record.list()).toEqual([]);
      await record.lift('relay');
      expect(await record.list()).toEqual([]);
    });

    it('tells other processes what was noted', async () => {
      await record.note(atTarget);
      await record.note(atEvent);
      expect(await subject.open().list()).toEqual([atEvent, atTarget]);
    });

    it('keeps the last halt of a projection, until it is lifted', async () => {
      await record.note(atTarget);
      const later = { ...atTarget, reason: 'another log', since: 1_700_000_000_002 };
      await subject.open().note(later);
      expect(await record.list()).toEqual([later]);
      await record.note(atEvent);
      await record.lift('relay');
      expect(await record.list()).toEqual([atEvent]);
    });
  });
}
