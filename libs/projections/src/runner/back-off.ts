import { setTimeout as sleep } from 'node:timers/promises';

/** @returns how long to pause after the n-th failure in a row (from 1), milliseconds. */
export type BackOff = (attempt: number) => number;

/** Doubles from 50 ms to 5 s. No jitter: a projection has one owner, so nobody else is retrying at the same time. */
export const defaultBackOff: BackOff = (attempt) => Math.min(5_000, 25 * 2 ** Math.min(attempt, 10));

/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = async (milliseconds, signal) => {
  if (signal.aborted) return;
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
};
