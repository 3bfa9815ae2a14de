import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position, Revision, StreamName } from '#event-store';
import { type EventPlace, OwnershipLostError, type SourceLog, TargetUnavailableError } from '#projections';
import { sourceLogAt } from '#projections/testing';
import { TemporaryDatabase } from '#projections-postgres/testing';
import type { ParkedKey } from '../relay/parked-key.js';
import { LedgerRefused, type RelayLedger } from '../relay/relay-ledger.js';
import { sampleLog, TemporaryLedger } from '../testing/temporary-ledger.js';
import { openPostgresRelayLedger } from './postgres-relay-ledger.js';
import { type MemoryAccess, openPostgresRelayMemory, openSqliteRelayMemory, type RelayMemory } from './relay-memory.js';

interface MemoryUnderTest {
  /** As the relay has it, which makes what is missing. */
  ledger(log?: SourceLog): RelayLedger;
  open(access: MemoryAccess): Promise<RelayMemory | undefined>;
  /** Takes away what the tables of earlier releases lack. */
  makeEarlier(): Promise<void>;
  /** Whether anything is there. */
  exists(): Promise<boolean>;
  remove(): Promise<void>;
}

const engines: Readonly<Record<string, () => Promise<MemoryUnderTest>>> = {
  SQLite: async () => {
    const temporary = new TemporaryLedger();
    return {
      ledger: (log) => temporary.open(log),
      open: async (access) => openSqliteRelayMemory(temporary.file, access),
      makeEarlier: async () => {
        using database = new DatabaseSync(temporary.file);
        database.exec('ALTER TABLE relay_checkpoint DROP COLUMN last_event');
      },
      exists: async () => existsSync(temporary.file),
      remove: () => temporary.remove(),
    };
  },
  PostgreSQL: async () => {
    const database = await TemporaryDatabase.create();
    return {
      ledger: (log = sampleLog) => openPostgresRelayLedger({ url: database.url, log }),
      open: (access) => openPostgresRelayMemory(database.url, access),
      makeEarlier: async () => {
        await database.execute('ALTER TABLE scim_relay.relay_checkpoint DROP COLUMN last_event');
      },
      exists: async () => {
        const select = `SELECT 1 FROM pg_namespace AS n WHERE n.nspname = 'scim_relay'`;
        return (await database.execute(select)).length > 0;
      },
      remove: () => database.drop(),
    };
  },
};

const last: EventPlace = { stream: 'scim.user-acme.mia' as StreamName, revision: 2 as Revision, id: 'published' };
const published = sourceLogAt(sampleLog.identity, 1_000_000n as Position, [last]);
const parked: ParkedKey = {
  key: 'acme:mia',
  stream: 'scim.user-acme.mia' as StreamName,
  revision: 3 as Revision,
  position: 6n as Position,
  eventId: 'event',
  eventType: 'UserProvisioned',
  reason: 'too large',
  parkedAt: 1_700_000_000_000,
};

describe.each(Object.entries(engines))("a relay's memory in %s", (_, make) => {
  let subject: MemoryUnderTest;
  let resources: AsyncDisposableStack;
  beforeEach(async () => {
    resources = new AsyncDisposableStack();
    subject = await make();
    resources.defer(() => subject.remove());
  });
  afterEach(() => resources.disposeAsync());

  async function open(access: MemoryAccess): Promise<RelayMemory | undefined> {
    const memory = await subject.open(access);
    resources.defer(async () => memory?.close());
    return memory;
  }

  async function parkOne(): Promise<RelayLedger> {
    const ledger = subject.ledger(published);
    resources.defer(() => ledger.close());
    const { epoch, checkpoint: from } = await ledger.acquire();
    await ledger.move({ epoch, from, to: 7n as Position, last }, [parked]);
    return ledger;
  }

  it.each(['read', 'write'] as const)('is not made by those who %s it where no relay has run', async (access) => {
    expect(await open(access)).toBeUndefined();
    expect(await subject.exists()).toBe(false);
  });

  it('says how far was published, and what is parked', async () => {
    await parkOne();
    const memory = await open('read');
    expect(await memory?.published()).toEqual({ identity: sampleLog.identity, checkpoint: 7n, last });
    expect(await memory?.parked.list()).toEqual([parked]);
  });

  it('of an earlier release is read and started over as it is, and gone on with', async () => {
    await (await parkOne()).close();
    await subject.makeEarlier();
    const memory = await open('write');
    expect(await memory?.published()).toEqual({ identity: sampleLog.identity, checkpoint: 7n });
    await memory?.startOver(sampleLog.identity);
    const ledger = subject.ledger();
    resources.defer(() => ledger.close());
    const { epoch, checkpoint: from } = await ledger.acquire();
    expect(from).toBe(0n);
    await ledger.move({ epoch, from, to: 7n as Position, last }, []);
    expect(await memory?.published()).toEqual({ identity: sampleLog.identity, checkpoint: 7n, last });
  });

  it('that is started over for another log is not taken by a relay that has just looked', async () => {
    await (await parkOne()).close();
    const memory = await open('write');
    const ledger = subject.ledger({
      ...published,
      readStream: async (...asked) => {
        await memory?.startOver('another');
        return published.readStream(...asked);
      },
    });
    resources.defer(() => ledger.close());
    await expect(ledger.acquire()).rejects.toBeInstanceOf(TargetUnavailableError);
    expect(await ledger.isOwnedBy(2)).toBe(true);
    await expect(ledger.acquire()).rejects.toBeInstanceOf(LedgerRefused);
  });

  it('lets nobody write who came to read', async () => {
    await parkOne();
    const memory = await open('read');
    await expect(memory?.parked.retry(parked.key)).rejects.toThrow();
    expect(await memory?.parked.list()).toEqual([parked]);
  });

  it('takes what an operator wants, of the event he has seen, and the relay finds it', async () => {
    const ledger = await parkOne();
    const memory = await open('write');
    expect(await memory?.parked.drop(parked.key, 'another event')).toBe(false);
    expect(await memory?.parked.drop(parked.key, parked.eventId)).toBe(true);
    expect(await ledger.parkedKeys()).toEqual([{ ...parked, request: 'drop' }]);
  });

  it.each<[string, SourceLog]>([
    ['the same log', published],
    ['another log', { ...published, identity: 'another' }],
    ['an older copy of the log', { ...published, head: async () => 6n as Position }],
    ['one that has parted from the log', sampleLog],
  ])('starts over on %s, with nothing parked, and fences off whoever has it', async (_, log) => {
    const former = await parkOne();
    const { epoch, checkpoint: from } = await former.acquire();
    const memory = await open('write');
    await memory?.startOver(log.identity);
    expect(await memory?.published()).toEqual({ identity: log.identity, checkpoint: 0n });
    const late = former.move({ epoch, from, to: 9n as Position }, [parked]);
    await expect(late).rejects.toBeInstanceOf(OwnershipLostError);
    const next = subject.ledger(log);
    resources.defer(() => next.close());
    expect((await next.acquire()).checkpoint).toBe(0n);
    expect(await next.parkedKeys()).toEqual([]);
  });
});
