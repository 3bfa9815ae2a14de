import type { EventStore, RecordedEvent } from '../event-store.js';
import type { Position } from '../stream-name.js';

/** The first `count` events a subscription yields, waiting for those that are still to come; it is then ended. */
export async function takeEvents(
  store: EventStore,
  after: Position,
  count: number,
  batchSize?: number,
): Promise<readonly RecordedEvent[]> {
  const abort = new AbortController();
  const taken: RecordedEvent[] = [];
  const options = { signal: abort.signal, ...(batchSize !== undefined && { batchSize }) };
  for await (const batch of store.subscribeAll(after, options)) {
    taken.push(...batch);
    if (taken.length >= count) abort.abort();
  }
  return taken;
}
