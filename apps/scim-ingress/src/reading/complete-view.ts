import { err, type Result } from '#kernel';
import { type ScimError, scimError } from '#scim-protocol';
import type { ReadYourWrites } from './read-your-writes.js';

/**
 * Reads a list from the view where the view has everything. A client takes a list for complete, so one with gaps is worse
 * than none.
 */
export async function fromCompleteView<T>(
  readYourWrites: Pick<ReadYourWrites, 'readable'>,
  read: () => Promise<Result<T, ScimError>>,
): Promise<Result<T, ScimError>> {
  return (await readYourWrites.readable()) ? read() : err(scimError('viewLate'));
}
