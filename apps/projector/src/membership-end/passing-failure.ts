import { OutcomeUnknownError } from '#command-handling';
import { isViewFailure } from '#directory-view';
import { EventStoreUnavailable } from '#event-store';
import { TargetUnavailableError } from '#projections';

/**
 * Does the work; where the log or the view is away (busy, full, an I/O error), says that it may be tried again. Everything else is a bug or needs a person, and passes through.
 *
 * @throws TargetUnavailableError
 */
export async function withPassingFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPassing(error)
      ? new TargetUnavailableError('The memberships cannot be ended now', { cause: error })
      : error;
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof EventStoreUnavailable || error instanceof OutcomeUnknownError) return true;
  return isViewFailure(error) && error.condition === 'away';
}
