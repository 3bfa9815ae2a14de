import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import {
  type AppendResult,
  AppendTooLarge,
  EventStoreUnavailable,
  type Revision,
  type StreamAppend,
} from '#event-store';
import { AppendUnanswered, AppendsNotBegun } from './append-call.js';

/** The append never reached a server that takes appends: no node was found, or it is up but not ready. */
const notTaken = /Failed to discover after|Server Is (?:Not Ready|Busy|Too Busy)/;
/** KurrentDB's refusal of a single event, for which the client has no error. */
const eventTooLarge = /MaximumAppendEventSizeExceeded/;

/**
 * What became of an append whose call failed.
 *
 * @throws EventStoreUnavailable, AppendTooLarge where it is certain that nothing was written.
 */
export function resultOfFailure(error: unknown, { stream, expected }: StreamAppend): AppendResult {
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    // A bigint wherever the stream exists: the client's type has room for what an expectation may be.
    const actual = typeof actualVersion === 'bigint' ? (Number(actualVersion) as Revision) : 'no-stream';
    return { outcome: 'conflict', stream, expected, actual };
  }
  if (error instanceof AppendUnanswered) return { outcome: 'unknown', cause: error };
  if (error instanceof MaxAppendSizeExceededError) {
    throw new AppendTooLarge(`The event store takes at most ${error.maxAppendSize} bytes at once`, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  if (eventTooLarge.test(message)) {
    throw new AppendTooLarge('The event store does not take an event of this size', { cause: error });
  }
  if (wasRefused(error) || notTaken.test(message)) {
    throw new EventStoreUnavailable(`The event store does not take the append (${message})`, { cause: error });
  }
  return { outcome: 'unknown', cause: error };
}

function wasRefused(error: unknown): boolean {
  return error instanceof AccessDeniedError || error instanceof StreamDeletedError || error instanceof AppendsNotBegun;
}
