import { type ScimError, scimError } from '../errors/scim-error.js';

/**
 * Most values of a multi-valued attribute, `members` apart: every PATCH of one value reads and stores them all. RFC 7643
 * sets no bound; people have tens.
 */
export const mostValues = 5_000;

/** Most members one request may name; a group itself may have any number of them. */
export const mostMembers = 25_000;

/** Says that an attribute has more values than it may. */
export function tooManyValues(path: string): ScimError {
  return scimError('tooManyValues', { path, limit: mostValues });
}

/** Says that a request names more members than it may. */
export const tooManyMembers = scimError('payloadTooLarge', {
  reason: `The request names more than ${mostMembers} members. Add and remove them in several PATCH requests`,
});
