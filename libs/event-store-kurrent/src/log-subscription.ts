import { AccessDeniedError, convertToCommandError } from '@eventstore/db-client';
import {
  beforeFirstPosition,
  EventStoreUnavailable,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';
import type { LogClient } from './log-client.js';
import { LogFeed } from './log-feed.js';
import { type LogReader, placeOf, unreadable } from './log-reader.js';
import type { LogScope, StreamFilter } from './log-scope.js';
import { subscriptionRequest } from './read-request.js';

const defaultBatchSize = 256;
/** Subscriptions in a row that broke off before they brought an event. */
const maxFruitless = 3;

/** What a subscription is of. */
export interface SubscribedLog {
  /** Serves it, by the node preference of the connection string; may be the leader's client. */
  readonly preferred: LogClient;
  readonly reader: LogReader;
  readonly scope: LogScope;
}

/**
 * `EventStore.subscribeAll` on subscriptions of the server, which may break off at any time: the server drops one whose
 * reader is slow, or restarts. The next one begins after the last event that was handed over, or after the place the
 * server had searched by then, whichever is later; both are exclusive, so nothing is missed or handed over twice.
 *
 * What the reader passes by is left out by the server up to the last other event there is at the start. From there on
 * it is handed over: a filter says how far it has searched only every now and then.
 *
 * @param closed aborts when the store is closed.
 * @throws EventStoreUnavailable where the server does not take the subscription, or the store is closed.
 */
export async function* logSubscription(
  log: SubscribedLog,
  after: Position,
  { signal, batchSize = defaultBatchSize, passingBy = [], onServed }: SubscribeOptions,
  closed: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  if (batchSize < 1) throw new RangeError(`batchSize must be at least 1: ${batchSize}`);
  const over = AbortSignal.any([signal, closed]);
  const { reader, scope } = log;
  const wanted = scope.allBut(passingBy);
  const leftOutUpTo = passingBy.length > 0 && !over.aborted ? await reader.head(wanted) : beforeFirstPosition;
  let last = after;
  const isBehind = () => last < leftOutUpTo;
  let place = placeOf(after);
  for (let fruitless = 0; ;) {
    if (signal.aborted) return;
    if (closed.aborted) throw new EventStoreUnavailable('The event store is closed');
    const leavesOut = isBehind();
    const feed = await openFeed(log, leavesOut ? wanted : scope.whole, place, onServed);
    const cancel = () => feed.cancel();
    over.addEventListener('abort', cancel, { once: true });
    try {
      if (over.aborted) continue;
      while (isBehind() === leavesOut) {
        const delivery = await feed.take(batchSize);
        if (!delivery || over.aborted) break;
        const { events, reached } = delivery;
        last = events.at(-1)?.position ?? last;
        if (events.length > 0) {
          fruitless = 0;
          place = placeOf(last);
          yield events;
        }
        // What was left out after the last event that is not is to be heard of now.
        if (isBehind() === leavesOut) place = reached ?? place;
      }
    } finally {
      over.removeEventListener('abort', cancel);
      feed.cancel();
    }
    if (over.aborted || isBehind() !== leavesOut) continue;
    if (++fruitless === maxFruitless || isDenied(feed.failure)) throw unreadable(feed.failure);
    await log.preferred.reconnected();
  }
}

async function openFeed(
  { preferred, scope }: SubscribedLog,
  streams: StreamFilter,
  place: ReturnType<typeof placeOf>,
  onServed: SubscribeOptions['onServed'],
): Promise<LogFeed> {
  try {
    return new LogFeed(await preferred.read(subscriptionRequest(streams, place), { live: true }), scope, onServed);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function isDenied(failure: unknown): boolean {
  return failure instanceof Error && convertToCommandError(failure) instanceof AccessDeniedError;
}
