import { err, type Result } from '#kernel';
import { isViewFailure } from '#directory-view';
import { type ScimError, scimError } from '#scim-protocol';

/**
 * Reads a list from the view where the view can be read and has everything the list is about. A client takes a list for
 * complete, so one with gaps is worse than none.
 */
export async function fromCompleteView<T>(
  isReadable: () => Promise<boolean>,
  read: () => Promise<Result<T, ScimError>>,
): Promise<Result<T, ScimError>> {
  try {
    return (await isReadable()) ? await read() : err(scimError('viewLate'));
  } catch (error) {
    if (!isViewFailure(error)) throw error;
    return err(scimError('viewLate'));
  }
}
