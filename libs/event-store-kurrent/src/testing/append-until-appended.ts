import { type EventStore, EventStoreUnavailable, type Position, type StreamAppend } from '#event-store';

/** Sends an append again, with the same ids, for as long as its outcome is unknown or the server is away. */
export async function appendUntilAppended(store: EventStore, append: StreamAppend): Promise<Position> {
  for (;;) {
    const result = await store.append([append]).catch((error: unknown) => {
      if (error instanceof EventStoreUnavailable) return { outcome: 'unknown' } as const;
      throw error;
    });
    if (result.outcome === 'appended') return result.position;
    if (result.outcome === 'conflict') throw new Error(`Appended by somebody else: ${JSON.stringify(result)}`);
  }
}
