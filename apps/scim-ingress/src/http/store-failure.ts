import { OutcomeUnknownError } from '#command-handling';
import { AppendTooLarge, EventStoreUnavailable } from '#event-store';
import { type ScimError, scimError } from '#scim-protocol';

/** What a client is told where the event store does not take its change; undefined where something else was thrown. */
export function storeFailure(exception: unknown): ScimError | undefined {
  if (exception instanceof OutcomeUnknownError) return scimError('outcomeUnknown');
  if (exception instanceof AppendTooLarge) {
    return scimError('payloadTooLarge', { reason: 'The change is larger than the event store takes at once' });
  }
  if (!(exception instanceof EventStoreUnavailable)) return undefined;
  return storeDoesNotWrite();
}

/** For a change that was not stored, or not even tried. */
export function storeDoesNotWrite(): ScimError {
  return scimError('unavailable', { reason: 'the event store does not take writes' });
}
