import { concernsRelay, type RelayMemory } from '#event-relay';
import { beforeFirstPosition, type Position } from '#event-store';
import { reasonToStartOver } from '#projections';
import type { ReadableLog } from '../installation/installation.js';

/** What it means that a relay starts over. */
export interface Republication {
  /** How far the relay has published. */
  readonly checkpoint: Position;
  /** Events of users and groups that are published once more; all there are where the log is not the one that was published. */
  readonly events: number;
  readonly parkedKeys: number;
  /** Why the relay cannot go on with this log; undefined where it can. */
  readonly mismatch: string | undefined;
}

const pageSize = 1_000;

/** @returns undefined where nothing was ever published. */
export async function readRepublication(log: ReadableLog, memory: RelayMemory): Promise<Republication | undefined> {
  const published = await memory.published();
  if (!published) return undefined;
  const { checkpoint } = published;
  const mismatch = await reasonToStartOver(log, published);
  const parkedKeys = (await memory.parked.list()).length;
  const events = await countPublished(log, mismatch === undefined ? checkpoint : await log.head());
  return { checkpoint, events, parkedKeys, mismatch };
}

/** Reads the log up to the position: nothing else says how many of its events are published. */
async function countPublished(log: ReadableLog, end: Position): Promise<number> {
  let count = 0;
  for (let after = beforeFirstPosition; after < end;) {
    const page = await log.readAll(after, pageSize);
    const last = page.at(-1);
    if (!last) break;
    count += page.filter((event) => event.position <= end && concernsRelay(event)).length;
    after = last.position;
  }
  return count;
}
