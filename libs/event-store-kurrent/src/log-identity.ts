import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WrongExpectedVersionError } from '@eventstore/db-client';
import { EventStoreUnavailable } from '#event-store';
import { proposedEvents } from './append-request.js';
import type { LogClient } from './log-client.js';
import type { LogReader } from './log-reader.js';
import type { LogScope } from './log-scope.js';
import { streamRequest } from './read-request.js';

const attempts = 10;
/** Milliseconds. */
const pauseBetween = 100;

/**
 * The identity of a log: a UUID that was drawn when it was first opened, in a stream of its own. Whoever opens the log
 * first writes it; of several at once one writes and all read what it wrote.
 *
 * @throws EventStoreUnavailable
 */
export async function identityOfLog(client: LogClient, reader: LogReader, scope: LogScope): Promise<string> {
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const recorded = await recordedIdentity(reader, scope);
    if (recorded !== undefined) return recorded;
    const data = { identity: randomUUID() };
    const identified = proposedEvents([{ id: randomUUID(), type: 'log.identified', data, metadata: {} }]);
    try {
      await client.append(scope.identityStream, 'no-stream', identified);
    } catch (error) {
      // Another process was faster, or the answer was lost: what the stream says now is what counts.
      if (error instanceof WrongExpectedVersionError) continue;
      cause = error;
      await pause(pauseBetween);
    }
  }
  throw new EventStoreUnavailable(`The event log cannot be identified (${String(cause)})`, { cause });
}

async function recordedIdentity(reader: LogReader, scope: LogScope): Promise<string | undefined> {
  const first = { from: 0, count: 1, backwards: false };
  const [event] = await reader.read(streamRequest(scope.identityStream, first));
  return event?.data['identity'] as string | undefined;
}
