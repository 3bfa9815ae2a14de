import { EventStoreUnavailable, type Position } from '#event-store';
import {
  type BuiltFrom,
  type CheckpointMove,
  type Ownership,
  OwnershipLostError,
  placeOfText,
  placeToText,
  reasonToStartOver,
  type SourceLog,
  TargetUnavailableError,
} from '#projections';
import type { ParkedKey, ParkedKeyRequest } from '../relay/parked-key.js';
import { LedgerRefused, type RelayLedger } from '../relay/relay-ledger.js';
import type { LedgerDatabase } from './ledger-database.js';
import { insertLate, insertWaiting, parkAgain, parkedValues, readPublished } from './ledger-tables.js';
import { ParkedRows } from './parked-rows.js';

export interface SqlRelayLedgerOptions {
  readonly database: LedgerDatabase;
  /** What the relay reads. */
  readonly log: SourceLog;
  /** Tells relays apart that share a database. */
  readonly relay: string;
}

/** A relay's memory in a database whose tables exist. */
export class SqlRelayLedger implements RelayLedger {
  readonly #database: LedgerDatabase;
  readonly #log: SourceLog;
  readonly #relay: string;
  readonly #parked: ParkedRows;

  constructor({ database, log, relay }: SqlRelayLedgerOptions) {
    this.#database = database;
    this.#log = log;
    this.#relay = relay;
    this.#parked = new ParkedRows(database, relay);
  }

  async acquire(): Promise<Ownership> {
    await this.#expectOwnLog();
    const take = `UPDATE relay_checkpoint SET epoch = epoch + 1 WHERE relay = $1 AND log_identity = $2
      RETURNING epoch, CAST(position AS TEXT) AS position, last_event`;
    const [row] = await this.#database.run(take, [this.#relay, this.#log.identity]);
    if (!row) throw new TargetUnavailableError('The relay was started over for another log at this moment');
    const last = placeOfText(row['last_event'] as string | null);
    return { epoch: Number(row['epoch']), checkpoint: BigInt(row['position'] as string) as Position, last };
  }

  move(move: CheckpointMove, parked: readonly ParkedKey[]): Promise<void> {
    return this.#database.transaction(async (run) => {
      // Where it stands at the end already, this owner's earlier attempt was of unknown outcome and has done it.
      const set = `UPDATE relay_checkpoint SET position = $1, last_event = COALESCE($5, last_event)
        WHERE relay = $2 AND epoch = $3 AND position IN ($1, $4) RETURNING relay`;
      const moved = await run(set, [move.to, this.#relay, move.epoch, move.from, placeToText(move.last)]);
      if (moved.length === 0) throw new OwnershipLostError(move);
      for (const key of parked) await run(insertWaiting, parkedValues(this.#relay, key));
    });
  }

  repeat(keys: readonly ParkedKey[]): Promise<void> {
    return this.#database.transaction(async (run) => {
      for (const key of keys) await run(insertLate, parkedValues(this.#relay, { request: 'retry', ...key }));
    });
  }

  async isOwnedBy(epoch: number): Promise<boolean> {
    const select = 'SELECT 1 FROM relay_checkpoint WHERE relay = $1 AND epoch = $2';
    return (await this.#database.run(select, [this.#relay, epoch])).length > 0;
  }

  parkedKeys(): Promise<readonly ParkedKey[]> {
    return this.#parked.parkedKeys();
  }

  async settle(epoch: number, { key, request }: ParkedKey, still: ParkedKey | undefined): Promise<void> {
    if (still) {
      await this.#database.run(parkAgain, [...parkedValues(this.#relay, still).slice(0, -1), request ?? null, epoch]);
      return;
    }
    const release = `DELETE FROM relay_parked WHERE relay = $1 AND message_key = $2
      AND EXISTS (SELECT 1 FROM relay_checkpoint WHERE relay = $1 AND epoch = $3)`;
    await this.#database.run(release, [this.#relay, key, epoch]);
  }

  request(key: string, request: ParkedKeyRequest, eventId?: string): Promise<boolean> {
    return this.#parked.request(key, request, eventId);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /**
   * In no transaction: the log may take its time to answer, and whoever publishes goes on meanwhile.
   *
   * @throws LedgerRefused | TargetUnavailableError
   */
  async #expectOwnLog(): Promise<void> {
    const insert = `INSERT INTO relay_checkpoint (relay, epoch, position, log_identity) VALUES ($1, 0, 0, $2)
      ON CONFLICT DO NOTHING`;
    await this.#database.run(insert, [this.#relay, this.#log.identity]);
    const built = (await readPublished(this.#database, this.#relay)) as BuiltFrom;
    const reason = await reasonToStartOver(this.#log, built).catch((cause: unknown) => {
      if (!(cause instanceof EventStoreUnavailable)) throw cause;
      throw new TargetUnavailableError('The log cannot be asked for its end now', { cause });
    });
    if (reason !== undefined) throw new LedgerRefused(reason);
  }
}
