import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  beforeFirstPosition,
  EventStoreUnavailable,
  type Position,
  type Revision,
  type StreamName,
} from '#event-store';
import { type EventPlace, OwnershipLostError, type SourceLog, TargetUnavailableError } from '#projections';
import { sourceLogAt } from '#projections/testing';
import type { ParkedKey } from '../relay/parked-key.js';
import { LedgerRefused, type RelayLedger } from '../relay/relay-ledger.js';

export interface LedgerUnderTest {
  /** Another connection to the same ledger, as another process has. */
  open(log: SourceLog): Promise<RelayLedger>;
  remove(): Promise<void>;
}

const at = (position: number) => BigInt(position) as Position;
const last: EventPlace = { stream: 'scim.user-acme.mia' as StreamName, revision: 3 as Revision, id: 'taken' };
const log = sourceLogAt('a', at(100), [last]);

function parked(position: number): ParkedKey {
  return {
    key: `acme:${position}`,
    stream: `scim.user-acme.${position}` as StreamName,
    revision: 3 as Revision,
    position: at(position),
    eventId: `event-${position}`,
    eventType: 'UserProvisioned',
    reason: 'too large',
    parkedAt: 1_700_000_000_000,
  };
}

/** What every `RelayLedger` keeps to. */
export function relayLedgerContract(name: string, make: () => Promise<LedgerUnderTest>): void {
  describe(`${name} as a relay's ledger`, () => {
    let subject: LedgerUnderTest;
    let ledger: RelayLedger;
    beforeEach(async () => {
      subject = await make();
      ledger = await subject.open(log);
    });
    afterEach(() => subject.remove());

    it('begins before the first event, with nothing parked', async () => {
      expect((await ledger.acquire()).checkpoint).toBe(beforeFirstPosition);
      expect(await ledger.parkedKeys()).toEqual([]);
    });

    it('tells the next owner the last event it was told of', async () => {
      const { epoch, checkpoint: from, last: none } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(6), last }, []);
      await ledger.move({ epoch, from: at(6), to: at(7) }, []);
      expect([none, (await (await subject.open(log)).acquire()).last]).toEqual([undefined, last]);
    });

    it('keeps checkpoint and parked keys together, also for another process', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(6), parked(2)]);
      const other = await subject.open(log);
      expect(await other.parkedKeys()).toEqual([parked(2), parked(6)]);
      expect((await other.acquire()).checkpoint).toBe(at(7));
    });

    it('refuses an owner that was overtaken, and writes nothing of its move', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await (await subject.open(log)).acquire();
      expect(await ledger.isOwnedBy(epoch)).toBe(false);
      const late = ledger.move({ epoch, from, to: at(7) }, [parked(6)]);
      await expect(late).rejects.toBeInstanceOf(OwnershipLostError);
      expect(await ledger.parkedKeys()).toEqual([]);
      expect((await ledger.acquire()).checkpoint).toBe(from);
    });

    it('takes a move again whose answer was lost', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      const move = { epoch, from, to: at(7) };
      await ledger.move(move, [parked(6)]);
      await ledger.move(move, [parked(6)]);
      expect(await ledger.parkedKeys()).toEqual([parked(6)]);
      expect((await ledger.acquire()).checkpoint).toBe(at(7));
    });

    it('parks a key at the earlier event where it is noted at a later one, and asks nothing of it any more', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      const earlier = { ...parked(2), key: 'acme:6' };
      await ledger.repeat([parked(6)]);
      await ledger.move({ epoch, from, to: at(3) }, [earlier]);
      expect(await ledger.parkedKeys()).toEqual([earlier]);
    });

    it('refuses a move from where the checkpoint is not', async () => {
      const { epoch } = await ledger.acquire();
      const wrong = ledger.move({ epoch, from: at(3), to: at(7) }, []);
      await expect(wrong).rejects.toBeInstanceOf(OwnershipLostError);
    });

    it('keeps what an operator asks of a parked key, and says where there is none', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(6)]);
      expect(await ledger.request('acme:6', 'drop')).toBe(true);
      expect(await ledger.request('acme:5', 'retry')).toBe(false);
      expect(await ledger.parkedKeys()).toEqual([{ ...parked(6), request: 'drop' }]);
    });

    it('keeps nothing that is asked of an event at which the key is not parked', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(6)]);
      expect(await ledger.request('acme:6', 'drop', 'event-5')).toBe(false);
      expect(await ledger.parkedKeys()).toEqual([parked(6)]);
      expect(await ledger.request('acme:6', 'drop', 'event-6')).toBe(true);
      expect(await ledger.parkedKeys()).toEqual([{ ...parked(6), request: 'drop' }]);
    });

    it('releases a key, or parks it at another event', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(5), parked(6)]);
      await ledger.request('acme:6', 'retry');
      await ledger.settle(epoch, parked(5), undefined);
      const still = { ...parked(6), revision: 9 as Revision, reason: 'still too large' };
      await ledger.settle(epoch, { ...parked(6), request: 'retry' }, still);
      expect(await ledger.parkedKeys()).toEqual([still]);
    });

    it('keeps what is asked for while an earlier request is carried out, unless the event has gone out', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(5), parked(6)]);
      for (const key of ['acme:5', 'acme:6']) await ledger.request(key, 'drop');
      await ledger.settle(epoch, { ...parked(5), request: 'retry' }, parked(5));
      const later = { ...parked(6), revision: 9 as Revision, eventId: 'later' };
      await ledger.settle(epoch, { ...parked(6), request: 'retry' }, later);
      expect(await ledger.parkedKeys()).toEqual([{ ...parked(5), request: 'drop' }, later]);
    });

    it('lets nobody release a key who was overtaken', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(6)]);
      await ledger.acquire();
      await ledger.settle(epoch, parked(6), undefined);
      await ledger.settle(epoch, parked(6), { ...parked(6), eventId: 'later' });
      expect(await ledger.parkedKeys()).toEqual([parked(6)]);
    });

    it('notes what is to be published again, but not of keys that are parked', async () => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(7) }, [parked(6)]);
      await ledger.repeat([parked(2), { ...parked(6), revision: 1 as Revision }]);
      expect(await ledger.parkedKeys()).toEqual([{ ...parked(2), request: 'retry' }, parked(6)]);
    });

    it('notes of an event that was being given up that it is to be given up again', async () => {
      await ledger.acquire();
      await ledger.repeat([{ ...parked(2), request: 'drop' }]);
      expect(await ledger.parkedKeys()).toEqual([{ ...parked(2), request: 'drop' }]);
    });

    it('leaves the relay to its owner where the log cannot be asked for its end', async () => {
      const { epoch } = await ledger.acquire();
      const head = () => Promise.reject(new EventStoreUnavailable('away'));
      const other = await subject.open({ ...log, head });
      await expect(other.acquire()).rejects.toBeInstanceOf(TargetUnavailableError);
      expect(await ledger.isOwnedBy(epoch)).toBe(true);
    });

    it.each([
      ['another log', { ...log, identity: 'b' }, 'built from another log'],
      ['an older copy of the log', { ...log, head: async () => at(6) }, 'beyond the end of the log'],
      ['one that has parted from the log', sourceLogAt('a', at(100), [{ ...last, id: 'another' }]), 'event taken of'],
    ])('refuses %s, and leaves the relay to its owner', async (_, other, reason) => {
      const { epoch, checkpoint: from } = await ledger.acquire();
      await ledger.move({ epoch, from, to: at(6), last }, [parked(6)]);
      await ledger.move({ epoch, from: at(6), to: at(7) }, []);
      const refusing = await subject.open(other);
      await expect(refusing.acquire()).rejects.toThrow(LedgerRefused);
      await expect(refusing.acquire()).rejects.toThrow(reason);
      expect(await ledger.isOwnedBy(epoch)).toBe(true);
      expect((await (await subject.open(log)).acquire()).checkpoint).toBe(at(7));
    });
  });
}
