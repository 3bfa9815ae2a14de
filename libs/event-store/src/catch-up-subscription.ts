import type { EventStore, RecordedEvent, SubscribeOptions } from './event-store.js';
import type { LogGrowth } from './log-growth.js';
import type { Position } from './stream-name.js';

const defaultBatchSize = 256;

/**
 * `EventStore.subscribeAll` for a store that can page through its log and hears of every append in its own process.
 * Catching up and following live are the same loop, so there is no seam at which an event could be missed or seen twice.
 */
export async function* catchUpSubscription(
  log: Pick<EventStore, 'readAll'>,
  growth: LogGrowth,
  after: Position,
  { signal, batchSize = defaultBatchSize, onServed }: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  if (batchSize < 1) throw new RangeError(`batchSize must be at least 1: ${batchSize}`);
  let position = after;
  let isServed = false;
  while (!signal.aborted) {
    const { version } = growth;
    const batch = await log.readAll(position, batchSize);
    if (signal.aborted) return;
    if (!isServed) onServed?.();
    isServed = true;
    const last = batch.at(-1);
    if (last === undefined) {
      await growth.since(version, signal);
    } else {
      position = last.position;
      yield batch;
    }
  }
}
