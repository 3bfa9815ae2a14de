import { existsSync } from 'node:fs';
import type { BuiltFrom } from '#projections';
import { ParkedKeys } from '../relay/parked-keys.js';
import type { LedgerDatabase } from './ledger-database.js';
import { notesLastEvent, readPublished } from './ledger-tables.js';
import { ParkedRows } from './parked-rows.js';
import { PostgresLedgerDatabase } from './postgres-relay-ledger.js';
import { SqliteLedgerDatabase } from './sqlite-relay-ledger.js';

/** What operators may do with a memory: `read` makes sure that nothing is written. */
export type MemoryAccess = 'read' | 'write';

/** What a relay remembers, as operators see it; whether or not the relay runs. Makes nothing that is not there. */
export class RelayMemory implements AsyncDisposable {
  readonly parked: ParkedKeys;

  constructor(
    private readonly database: LedgerDatabase,
    private readonly relay = 'relay',
  ) {
    this.parked = new ParkedKeys(new ParkedRows(database, relay));
  }

  /** @returns which log was published how far; undefined where no relay has ever run. */
  published(): Promise<BuiltFrom | undefined> {
    return readPublished(this.database, this.relay);
  }

  /**
   * Back to before the first event, with nothing parked, to publish this log. Fences every relay off that runs; what one of
   * them sends late is published again by whoever takes over.
   *
   * @throws TargetUnavailableError it may have been done all the same; it can be repeated.
   */
  async startOver(logIdentity: string): Promise<void> {
    const last = (await notesLastEvent(this.database)) ? ', last_event = NULL' : '';
    await this.database.transaction(async (run) => {
      // First, so that no move can park anything after the parked keys are gone.
      const reset = `UPDATE relay_checkpoint SET position = 0, epoch = epoch + 1, log_identity = $2${last}
        WHERE relay = $1`;
      await run(reset, [this.relay, logIdentity]);
      await run('DELETE FROM relay_parked WHERE relay = $1', [this.relay]);
    });
  }

  close(): Promise<void> {
    return this.database.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * @returns undefined where there is no such file: no relay has ever run.
 * @throws TargetUnavailableError
 */
export function openSqliteRelayMemory(file: string, access: MemoryAccess): RelayMemory | undefined {
  return existsSync(file) ? new RelayMemory(new SqliteLedgerDatabase(file, access)) : undefined;
}

/**
 * @returns undefined where the database has none: no relay has ever run.
 * @throws DatabaseAddressError | TargetUnavailableError
 */
export async function openPostgresRelayMemory(url: string, access: MemoryAccess): Promise<RelayMemory | undefined> {
  const database = new PostgresLedgerDatabase(url, access);
  try {
    if (await database.hasTables()) return new RelayMemory(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  await database.close();
  return undefined;
}
