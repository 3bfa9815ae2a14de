import { err, type Result } from '#kernel';
import { isViewFailure } from '#directory-view';
import { type ScimError, scimError } from '#scim-protocol';
import type { ReadYourWrites } from './read-your-writes.js';

/**
 * Reads a list from the view where the view has everything and can be read. A client takes a list for complete, so one with gaps is worse
 * than none.
 */
export async function fromCompleteView<T>(
  readYourWrites: Pick<ReadYourWrites, 'readable'>,
  read: () => Promise<Result<T, ScimError>>,
): Promise<Result<T, ScimError>> {
  if (!(await readYourWrites.readable())) return err(scimError('viewLate'));
  try {
    return await read();
  } catch (error) {
    if (!isViewFailure(error)) throw error;
    return err(scimError('viewLate'));
  }
}
