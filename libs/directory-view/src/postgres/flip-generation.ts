import { setTimeout as sleep } from 'node:timers/promises';
import { type Position, beforeFirstPosition } from '#event-store';
import type { FlipResult, Generation } from '#projections';
import type { SqlConnection } from '../sql/sql-connection.js';
import { literal } from '../sql/sql-text.js';
import type { GenerationTable } from './generation-table.js';
import { readKeptVersions } from './kept-versions.js';

/** How long live generations, and the writes that wait for them, are held up for one to become live, milliseconds. */
const longestStandstillMs = 500;

/**
 * Makes a generation live that is as far as every live one that somebody may wait for. None of them can move until the
 * transaction ends.
 */
export async function flipGeneration(
  table: GenerationTable,
  transaction: SqlConnection,
  building: Pick<Generation, 'number' | 'codeVersion' | 'logIdentity'>,
): Promise<FlipResult> {
  const { number } = building;
  const generation = await table.find(transaction, number);
  if (generation?.state !== 'building') return { outcome: 'not-building', state: generation?.state ?? 'dropped' };
  const checkpoint = await holdLive(table, transaction, building);
  const built = await untilAt(checkpoint, () => table.checkpointOf(transaction, number));
  if (built < checkpoint) return { outcome: 'behind', checkpoint };
  await table.makeLive(transaction, generation, built);
  return { outcome: 'live' };
}

/** @returns where the furthest of them is held. */
async function holdLive(
  table: GenerationTable,
  transaction: SqlConnection,
  { codeVersion, logIdentity }: Pick<Generation, 'codeVersion' | 'logIdentity'>,
): Promise<Position> {
  const isKept = await readKeptVersions((text) => transaction.rows(literal(text)));
  let furthest = beforeFirstPosition;
  for (const live of await table.list(transaction)) {
    if (live.state !== 'live' || live.logIdentity !== logIdentity) continue;
    if (live.codeVersion !== codeVersion && !isKept(live.codeVersion)) continue;
    if (!(await table.hasRows(transaction, live.number))) continue;
    const checkpoint = await table.checkpointOf(transaction, live.number, 'held');
    if (checkpoint > furthest) furthest = checkpoint;
  }
  return furthest;
}

/** Lets the one in building come the last step while the others stand still. @returns how far it has come */
async function untilAt(position: Position, read: () => Promise<Position>): Promise<Position> {
  for (const began = performance.now(); ; await sleep(5)) {
    const checkpoint = await read();
    if (checkpoint >= position || performance.now() - began > longestStandstillMs) return checkpoint;
  }
}
