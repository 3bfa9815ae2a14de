import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TargetUnavailableError } from '#projections';
import { TemporaryDatabase } from '#projections-postgres/testing';
import type { RelayLedger } from '../relay/relay-ledger.js';
import { relayLedgerContract } from '../testing/relay-ledger-contract.js';
import { sampleLog } from '../testing/temporary-ledger.js';
import { openPostgresRelayLedger, PostgresLedgerDatabase } from './postgres-relay-ledger.js';

relayLedgerContract('PostgreSQL', async () => {
  const database = await TemporaryDatabase.create();
  const opened: RelayLedger[] = [];
  return {
    open: async (log) => {
      const ledger = openPostgresRelayLedger({ url: database.url, log });
      opened.push(ledger);
      return ledger;
    },
    remove: async () => {
      await Promise.all(opened.map((ledger) => ledger.close()));
      await database.drop();
    },
  };
});

describe('ledgers in one PostgreSQL database', () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());

  const open = (relay: string) => openPostgresRelayLedger({ url: database.url, log: sampleLog, relay });

  it('are made by several at once, and told apart by name', async () => {
    const ledgers = ['a', 'b', 'c'].map(open);
    const owned = await Promise.all(ledgers.map((ledger) => ledger.acquire()));
    expect(owned.map(({ epoch }) => epoch)).toEqual([1, 1, 1]);
    await ledgers[0]?.move({ epoch: 1, from: 0n as Position, to: 9n as Position }, []);
    expect((await ledgers[1]?.acquire())?.checkpoint).toBe(0n);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });

  it('are away when connections break, and go on afterwards', async () => {
    const ledger = open('broken');
    const { epoch, checkpoint: from } = await ledger.acquire();
    const held = database.execute(
      'DO $$ BEGIN LOCK TABLE scim_relay.relay_checkpoint IN EXCLUSIVE MODE; PERFORM pg_sleep(1); END $$',
    );
    while ((await locks()) === 0) await new Promise(setImmediate);
    const move = ledger.move({ epoch, from, to: 9n as Position }, []);
    const refused = expect(move).rejects.toBeInstanceOf(TargetUnavailableError);
    while ((await database.endConnections('scim-ledger relay')) === 0) await new Promise(setImmediate);
    await refused;
    await held;
    await ledger.move({ epoch, from, to: 9n as Position }, []);
    expect((await ledger.acquire()).checkpoint).toBe(9n);
    await ledger.close();
  });

  it('are taken over from an owner that was frozen amid a move', async () => {
    const [frozen, successor] = [new PostgresLedgerDatabase(database.url, 'own'), open('frozen')];
    await successor.acquire();
    const thawed = Promise.withResolvers<void>();
    const moving = frozen.transaction(async (run) => {
      await run(`UPDATE relay_checkpoint SET position = 9 WHERE relay = 'frozen'`);
      await thawed.promise;
    });
    const refused = expect(moving).rejects.toBeInstanceOf(TargetUnavailableError);
    while ((await heldRows()) === 0) await new Promise(setImmediate);
    let taken;
    while (taken === undefined) {
      taken = await successor.acquire().catch((error: unknown) => {
        expect(error).toBeInstanceOf(TargetUnavailableError);
        return undefined;
      });
    }
    expect(taken.checkpoint).toBe(0n);
    thawed.resolve();
    await refused;
    await Promise.all([frozen.close(), successor.close()]);
  });

  it('are made anew where an operator has dropped them, and their owner finds that it is none any more', async () => {
    const ledger = open('dropped');
    const { epoch, checkpoint: from } = await ledger.acquire();
    await ledger.move({ epoch, from, to: 9n as Position }, []);
    await database.execute('DROP SCHEMA scim_relay CASCADE');
    await expect(ledger.isOwnedBy(epoch)).rejects.toBeInstanceOf(TargetUnavailableError);
    expect(await ledger.isOwnedBy(epoch)).toBe(false);
    expect(await ledger.acquire()).toEqual({ epoch: 1, checkpoint: 0n });
    await ledger.close();
  });

  async function heldRows(): Promise<number> {
    const rows = await database.execute(
      `SELECT 1 FROM pg_stat_activity AS a WHERE a.state = 'idle in transaction' AND a.datname = $1`,
      [database.name],
    );
    return rows.length;
  }

  async function locks(): Promise<number> {
    const rows = await database.execute(
      `SELECT 1 FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
       WHERE c.relname = 'relay_checkpoint' AND l.mode = 'ExclusiveLock' AND l.granted`,
    );
    return rows.length;
  }
});
