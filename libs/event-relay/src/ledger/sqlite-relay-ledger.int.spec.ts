import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TargetUnavailableError } from '#projections';
import { relayLedgerContract } from '../testing/relay-ledger-contract.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';

relayLedgerContract('SQLite', async () => {
  const temporary = new TemporaryLedger();
  return { open: async (log) => temporary.open(log), remove: () => temporary.remove() };
});

describe('a ledger in a SQLite file', () => {
  let temporary: TemporaryLedger;
  beforeEach(() => {
    temporary = new TemporaryLedger();
  });
  afterEach(() => temporary.remove());

  it('is away while another program holds its file, and moves afterwards', async () => {
    const ledger = temporary.open();
    const { epoch, checkpoint: from } = await ledger.acquire();
    const move = { epoch, from, to: 12n as Position };
    const other = new DatabaseSync(temporary.file);
    other.exec('BEGIN IMMEDIATE');
    await expect(ledger.move(move, [])).rejects.toBeInstanceOf(TargetUnavailableError);
    other.close();
    await ledger.move(move, []);
    expect((await ledger.acquire()).checkpoint).toBe(move.to);
  });
});
