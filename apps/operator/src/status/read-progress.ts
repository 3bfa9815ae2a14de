import { type BuiltFrom, reasonToStartOver } from '#projections';
import type { Position } from '#event-store';
import type { ReadableLog } from '../installation/installation.js';
import type { Lag, Progress } from './status.js';

/** Events that are counted at most: enough to tell a little from much. */
const mostCounted = 1_000;

/** From which log a reader has made what it keeps, and how far; undefined where that cannot be read. */
interface Made extends Omit<BuiltFrom, 'checkpoint'> {
  readonly checkpoint: Position | undefined;
}

/** How far a reader has come. @param log undefined where it could not be asked. */
export async function readProgress(log: ReadableLog | undefined, made: Made): Promise<Progress> {
  const { checkpoint } = made;
  const progress = { checkpoint, lag: undefined, standsStill: false };
  if (!log || checkpoint === undefined) return progress;
  const mismatch = await reasonToStartOver(log, { ...made, checkpoint });
  if (mismatch !== undefined) return { ...progress, mismatch };
  return { ...progress, lag: await lagBehind(log, checkpoint) };
}

async function lagBehind(log: ReadableLog, checkpoint: Position): Promise<Lag> {
  const waiting = await log.readAll(checkpoint, mostCounted + 1);
  const isMore = waiting.length > mostCounted;
  return { events: isMore ? mostCounted : waiting.length, isMore, since: waiting[0]?.recordedAt };
}
