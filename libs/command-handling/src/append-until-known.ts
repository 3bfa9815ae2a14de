import { type AppendResult, type EventStore, EventStoreUnavailable, type StreamAppend } from '#event-store';

/** Waits; handed in so that tests need no real time. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Whether the events are in the log could not be found out. The same command may be sent again. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

const attempts = 6;
const firstPause = 50;
/**
 * How long after the first one another attempt may begin, milliseconds. Where nothing answers, each takes until the store gives it
 * up by itself, by default 10 seconds, and whoever waits for the write, or a proxy, gives that up after half a minute or a whole one.
 */
const mostPatience = 15_000;

/**
 * Appends, and asks again with the same event ids as long as the answer gets lost: the store takes the retry of a write
 * it already has for that same write.
 *
 * @param now milliseconds of a clock that is never set.
 * @throws OutcomeUnknownError after about 1.5 seconds where answers get lost; where none comes, after two deadlines of the store.
 * @throws EventStoreUnavailable | AppendTooLarge where nothing can have been written.
 */
export async function appendUntilKnown(
  store: EventStore,
  appends: readonly StreamAppend[],
  sleep: Sleep,
  now: () => number = () => performance.now(),
): Promise<Exclude<AppendResult, { outcome: 'unknown' }>> {
  const began = now();
  let cause: unknown;
  for (let attempt = 0; attempt < attempts && now() - began < mostPatience; attempt++) {
    if (attempt > 0) await sleep(firstPause * 2 ** (attempt - 1));
    const result = await store.append(appends).catch((error: unknown) => {
      // This send wrote nothing, but nobody knows of the ones before it.
      if (attempt > 0 && error instanceof EventStoreUnavailable) return { outcome: 'unknown', cause: error } as const;
      throw error;
    });
    if (result.outcome !== 'unknown') return result;
    cause = result.cause;
  }
  throw new OutcomeUnknownError('The event store does not say whether it has taken the events', { cause });
}
