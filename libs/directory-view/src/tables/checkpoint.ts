import type { Position } from '#event-store';
import type { Ownership } from '#projections';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';

/** From here on a move with an earlier epoch changes no row. */
export const acquireCheckpoint = `
  UPDATE checkpoint SET epoch = epoch + 1`;

/** Parameters: to, epoch, from. No row is changed where the checkpoint belongs to another owner by now. */
export const moveCheckpoint = `
  UPDATE checkpoint SET position = ? WHERE epoch = ? AND position = ?`;

export async function readCheckpoint(connection: SqlConnection): Promise<Ownership> {
  const [row] = await connection.rows<{ readonly epoch: number; readonly position: string }>(sql`
    SELECT epoch, CAST(position AS TEXT) AS position FROM checkpoint`);
  if (!row) throw new Error('The generation has no checkpoint.');
  return { epoch: row.epoch, checkpoint: BigInt(row.position) as Position };
}
