import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from '#event-store';
import type { SourceLog } from '#projections';
import { sourceLogAt } from '#projections/testing';
import type { RelayLedger } from '../relay/relay-ledger.js';
import { openSqliteRelayMemory, type RelayMemory } from '../ledger/relay-memory.js';
import { openSqliteRelayLedger } from '../ledger/sqlite-relay-ledger.js';

/** A log that is longer than any test's. */
export const sampleLog: SourceLog = sourceLogAt('sample', 1_000_000n as Position);

/** The file of a ledger, for as long as a test takes. */
export class TemporaryLedger {
  readonly #folder = mkdtempSync(join(tmpdir(), 'relay-ledger-'));
  readonly file = join(this.#folder, 'relay.sqlite');
  readonly #opened: RelayLedger[] = [];

  /** @param log what is published by default */
  constructor(private readonly log = sampleLog) {}

  /** Another connection to it, as another process has. */
  open(log = this.log): RelayLedger {
    const ledger = openSqliteRelayLedger({ file: this.file, log });
    this.#opened.push(ledger);
    return ledger;
  }

  /** As operators have it. */
  memory(): RelayMemory {
    const memory = openSqliteRelayMemory(this.file, 'write');
    if (!memory) throw new Error('No relay has ever run');
    return memory;
  }

  async remove(): Promise<void> {
    for (const ledger of this.#opened) await ledger.close().catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
