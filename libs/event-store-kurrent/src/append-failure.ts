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
import { AppendUnanswered } from './append-call.js';

/**
 * Answers of gRPC's client, or of a server that is up but takes nothing, after which nothing can have been written. Any
 * other failure may have come after the commit.
 */
const neverTaken =
  /No connection established|Name resolution failed|Failed to discover|Channel (?:has been )?(?:closed|shut down)|Server Is (?:Not Ready|Busy|Too Busy)/;
/** How KurrentDB refuses a single event that is too large, and gRPC a message; the client has no error for either. */
const tooLarge = /exceeds Maximum Append Event Size|message larger than max/i;

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
  if (tooLarge.test(message)) {
    throw new AppendTooLarge(`The event store does not take an append of this size (${message})`, { cause: error });
  }
  if (wasNotTaken(error) || neverTaken.test(message)) {
    throw new EventStoreUnavailable(`The event store does not take the append (${message})`, { cause: error });
  }
  return { outcome: 'unknown', cause: error };
}

function wasNotTaken(error: unknown): boolean {
  return error instanceof AccessDeniedError || error instanceof StreamDeletedError;
}
