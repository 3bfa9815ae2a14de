import { AccessDeniedError, convertToCommandError } from '@eventstore/db-client';
import { EventStoreUnavailable, type Position, type RecordedEvent, type SubscribeOptions } from '#event-store';
import type { LogClient } from './log-client.js';
import { LogFeed } from './log-feed.js';
import { placeOf, unreadable } from './log-reader.js';
import type { LogScope } from './log-scope.js';
import { subscriptionRequest } from './read-request.js';

const defaultBatchSize = 256;
/** Subscriptions in a row that broke off before they brought an event. */
const maxFruitless = 3;

/**
 * `EventStore.subscribeAll` on subscriptions of the server, which may break off at any time: the server drops one whose
 * reader is slow, or restarts. The next one begins after the last event that was handed over, or after the place the
 * server had searched by then, whichever is later; both are exclusive, so nothing is missed or handed over twice.
 *
 * @param closed aborts when the store is closed.
 * @throws EventStoreUnavailable where the server does not take the subscription, or the store is closed.
 */
export async function* logSubscription(
  client: LogClient,
  scope: LogScope,
  after: Position,
  { signal, batchSize = defaultBatchSize }: SubscribeOptions,
  closed: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  if (batchSize < 1) throw new RangeError(`batchSize must be at least 1: ${batchSize}`);
  const over = AbortSignal.any([signal, closed]);
  let place = placeOf(after);
  for (let fruitless = 0; ;) {
    if (signal.aborted) return;
    if (closed.aborted) throw new EventStoreUnavailable('The event store is closed');
    const feed = await openFeed(client, scope, place);
    const cancel = () => feed.cancel();
    over.addEventListener('abort', cancel, { once: true });
    try {
      if (over.aborted) continue;
      for (;;) {
        const delivery = await feed.take(batchSize);
        if (!delivery || over.aborted) break;
        const last = delivery.events.at(-1);
        if (last) {
          fruitless = 0;
          place = placeOf(last.position);
          yield delivery.events;
        }
        place = delivery.reached ?? place;
      }
    } finally {
      over.removeEventListener('abort', cancel);
      feed.cancel();
    }
    if (over.aborted) continue;
    if (++fruitless === maxFruitless || isDenied(feed.failure)) throw unreadable(feed.failure);
    await client.reconnected();
  }
}

async function openFeed(client: LogClient, scope: LogScope, place: ReturnType<typeof placeOf>): Promise<LogFeed> {
  try {
    return new LogFeed(await client.read(subscriptionRequest(scope.prefix, place), { live: true }), scope);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function isDenied(failure: unknown): boolean {
  return failure instanceof Error && convertToCommandError(failure) instanceof AccessDeniedError;
}
