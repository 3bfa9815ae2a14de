import { setTimeout as sleep } from 'node:timers/promises';
import type { GenerationStatus, Progress, Status } from './status.js';

/** How long events may wait before it is looked whether anybody takes them, milliseconds. */
const patienceMs = 30_000;

export interface WatchOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** How long to watch, milliseconds. Default 2,000. */
  readonly watchMs?: number;
}

/**
 * Reads the status, and where a reader of the log is late reads it once more, to tell one that catches up from one that
 * stands still.
 */
export async function watchLateReaders(
  read: () => Promise<Status>,
  { now, watchMs = 2_000 }: WatchOptions,
): Promise<Status> {
  const isLate = ({ lag }: Progress) => lag?.since !== undefined && lag.since < now() - patienceMs;
  const before = await read();
  if (!readersOf(before).some(isLate)) return before;
  await sleep(watchMs);
  const after = await read();
  const judged = <Reader extends Progress>(reader: Reader, former: Progress | undefined): Reader => ({
    ...reader,
    standsStill: isLate(reader) && reader.checkpoint === former?.checkpoint,
  });
  return {
    ...after,
    generations: after.generations?.map((generation) => judged(generation, formerOf(generation, before))),
    relay: after.relay && judged(after.relay, before.relay ?? undefined),
  };
}

function readersOf({ generations = [], relay }: Status): readonly Progress[] {
  return relay ? [...generations, relay] : generations;
}

function formerOf({ number }: GenerationStatus, { generations = [] }: Status): GenerationStatus | undefined {
  return generations.find((generation) => generation.number === number);
}
