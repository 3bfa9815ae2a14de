import type { Position, Revision, StreamName } from '#event-store';
import { type BuiltFrom, placeOfText } from '#projections';
import type { ParkedKey, ParkedKeyRequest } from '../relay/parked-key.js';
import type { LedgerDatabase, LedgerRow, LedgerValue } from './ledger-database.js';

/** BIGINT and INTEGER are one in SQLite. `laterColumns` come to them. */
export const ledgerTables = [
  `CREATE TABLE IF NOT EXISTS relay_checkpoint (
    relay TEXT PRIMARY KEY, epoch BIGINT NOT NULL, position BIGINT NOT NULL, log_identity TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS relay_parked (
    relay TEXT NOT NULL, message_key TEXT NOT NULL, stream TEXT NOT NULL, revision BIGINT NOT NULL,
    position BIGINT NOT NULL, event_id TEXT NOT NULL, event_type TEXT NOT NULL, reason TEXT NOT NULL,
    parked_at BIGINT NOT NULL, request TEXT, PRIMARY KEY (relay, message_key))`,
];

/** What tables of earlier releases lack. */
export const laterColumns = [{ table: 'relay_checkpoint', column: 'last_event', type: 'TEXT' }] as const;

const insertParked = `INSERT INTO relay_parked AS kept
  (relay, message_key, stream, revision, position, event_id, event_type, reason, parked_at, request)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (relay, message_key)`;

/**
 * Parameters: those of `parkedValues`. Of two events the key waits from the earlier one: the later may have been noted by a
 * former owner (`insertLate`), and what stands between them would never be published.
 */
export const insertWaiting = `${insertParked} DO UPDATE SET stream = excluded.stream, revision = excluded.revision,
  position = excluded.position, event_id = excluded.event_id, event_type = excluded.event_type,
  reason = excluded.reason, parked_at = excluded.parked_at, request = excluded.request
  WHERE excluded.position < kept.position`;

/** Parameters: those of `parkedValues`. Nothing is changed of a key that waits. */
export const insertLate = `${insertParked} DO NOTHING`;

/**
 * Parameters: those of `parkedValues`, but for the last the request that was carried out, and the epoch. One statement that
 * keeps the row, so that a request that comes at this moment waits for it and finds where the key is parked then.
 */
export const parkAgain = `UPDATE relay_parked SET stream = $3, revision = $4, position = $5, event_id = $6,
  event_type = $7, reason = $8, parked_at = $9,
  request = CASE WHEN event_id = $6 AND request IS DISTINCT FROM CAST($10 AS TEXT) THEN request END
  WHERE relay = $1 AND message_key = $2
  AND EXISTS (SELECT 1 FROM relay_checkpoint WHERE relay = $1 AND epoch = $11)`;

/** Operators also look at tables that no relay of this release has opened yet. */
export async function notesLastEvent(database: LedgerDatabase): Promise<boolean> {
  return (await database.columnsOf('relay_checkpoint')).includes('last_event');
}

/** @returns which log a relay has published how far; undefined where it has never run. */
export async function readPublished(database: LedgerDatabase, relay: string): Promise<BuiltFrom | undefined> {
  const last = (await notesLastEvent(database)) ? ', last_event' : '';
  const select = `SELECT CAST(position AS TEXT) AS position, log_identity${last}
    FROM relay_checkpoint AS c WHERE c.relay = $1`;
  const [row] = await database.run(select, [relay]);
  return (
    row && {
      identity: row['log_identity'] as string,
      checkpoint: BigInt(row['position'] as string) as Position,
      last: placeOfText(row['last_event'] as string | null | undefined),
    }
  );
}

/** Parameters: the relay. */
export const selectParked = `SELECT message_key, stream, revision, CAST(position AS TEXT) AS position,
  event_id, event_type, reason, parked_at, request FROM relay_parked AS p WHERE p.relay = $1 ORDER BY p.position`;

export function parkedValues(relay: string, parked: ParkedKey): readonly LedgerValue[] {
  const { key, stream, revision, position, eventId, eventType, reason, parkedAt, request = null } = parked;
  return [relay, key, stream, revision, position, eventId, eventType, reason, parkedAt, request];
}

export function parkedOfRow(row: LedgerRow): ParkedKey {
  return {
    key: row['message_key'] as string,
    stream: row['stream'] as StreamName,
    revision: Number(row['revision']) as Revision,
    position: BigInt(row['position'] as string) as Position,
    eventId: row['event_id'] as string,
    eventType: row['event_type'] as string,
    reason: row['reason'] as string,
    parkedAt: Number(row['parked_at']),
    ...(row['request'] !== null && { request: row['request'] as ParkedKeyRequest }),
  };
}
