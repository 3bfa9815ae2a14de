import type { EventStore } from '#event-store';
import { pause } from '#projections';

export interface CutOffTimes {
  /** How often the log is asked for its end, milliseconds. Default 2,000. */
  readonly askEveryMs?: number;
  /** How long it may leave that unanswered, milliseconds. Default 15,000: longer than a node of it takes to be followed by another. */
  readonly patienceMs?: number;
}

/**
 * Resolves when the log has not answered this process for a while, or the signal has aborted. A process that leads and cannot reach
 * the log would hold up everything for as long as its lease can be renewed, while one that stands by may well reach it.
 */
export async function cutOffFromLog(
  log: Pick<EventStore, 'head'>,
  over: AbortSignal,
  { askEveryMs = 2_000, patienceMs = 15_000 }: CutOffTimes = {},
): Promise<void> {
  let answered = performance.now();
  while (!over.aborted && performance.now() - answered < patienceMs) {
    await pause(askEveryMs, over);
    if (await answers(log, patienceMs, over)) answered = performance.now();
  }
}

/** A slow answer is one, too. */
async function answers(log: Pick<EventStore, 'head'>, withinMs: number, over: AbortSignal): Promise<boolean> {
  const asked = new AbortController();
  const tooLate = pause(withinMs, AbortSignal.any([over, asked.signal]));
  try {
    return (await Promise.race([log.head(), tooLate])) !== undefined;
  } catch {
    return false;
  } finally {
    asked.abort();
  }
}
