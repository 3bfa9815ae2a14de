import type { Position } from '#event-store';
import { type BuiltUpTo, type CheckpointMove, type Ownership, placeOfText, placeToText } from '#projections';
import type { SqlConnection } from '../sql/sql-connection.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';

/** From here on a move with an earlier epoch changes no row. */
export const acquireCheckpoint = `
  UPDATE checkpoint SET epoch = epoch + 1`;

/** No row is changed where the checkpoint belongs to another owner by now. */
export function moveCheckpoint({ epoch, from, to, last }: CheckpointMove): SqlText {
  return sql`
    UPDATE checkpoint SET position = ${to}, last_event = COALESCE(${placeToText(last)}, last_event)
    WHERE epoch = ${epoch} AND position = ${from}`;
}

/** Of a generation of any code version. */
export async function readCheckpoint(connection: SqlConnection): Promise<Ownership> {
  const [row] = await connection.rows<{ readonly epoch: number; readonly position: string }>(sql`
    SELECT epoch, CAST(position AS TEXT) AS position FROM checkpoint`);
  if (!row) throw new Error('The generation has no checkpoint.');
  return { epoch: row.epoch, checkpoint: BigInt(row.position) as Position };
}

/** Of one of this code version. */
export async function readOwnership(connection: SqlConnection): Promise<Ownership> {
  return { ...(await readCheckpoint(connection)), ...(await readProgress(connection)) };
}

/**
 * How far a generation of this code version has come, and with which event.
 *
 * @param table default: that of the generation which the connection is for.
 */
export async function readProgress(connection: SqlConnection, table = literal('checkpoint')): Promise<BuiltUpTo> {
  const [row] = await connection.rows<{ readonly position: string; readonly last_event: string | null }>(sql`
    SELECT CAST(c.position AS TEXT) AS position, c.last_event FROM ${table} AS c`);
  if (!row) throw new Error('The generation has no checkpoint.');
  return { checkpoint: BigInt(row.position) as Position, last: placeOfText(row.last_event) };
}
