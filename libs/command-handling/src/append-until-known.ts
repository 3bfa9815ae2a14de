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
 * Appends, and asks again with the same event ids as long as the answer gets lost: the store takes the retry of a write
 * it already has for that same write.
 *
 * @throws OutcomeUnknownError after about 1.5 seconds without an answer.
 * @throws EventStoreUnavailable | AppendTooLarge where nothing can have been written.
 */
export async function appendUntilKnown(
  store: EventStore,
  appends: readonly StreamAppend[],
  sleep: Sleep,
): Promise<Exclude<AppendResult, { outcome: 'unknown' }>> {
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
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
