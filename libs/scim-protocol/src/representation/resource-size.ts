import type { JsonValue } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import { membershipAttributes } from '../schema/membership-attributes.js';

/** Largest resource without its members, characters: two photos of the largest size, or a thousand pages of text. */
const largestResource = 2_097_152;

/** A number, `true` or `false`, in characters; roughly, so that nothing has to be written to be measured. */
const sizeOfSimpleValue = 8;

/**
 * Refuses a resource that has grown too large, so that no row of small changes can make one that takes seconds to read.
 * What makes a resource smaller is never refused.
 */
export function tooLarge(
  type: ResourceTypeName,
  document: ResourceDocument,
  before: ResourceDocument = {},
): ScimError | undefined {
  const membership = membershipAttributes[type];
  const size = sizeOfDocument(document, membership);
  if (size <= largestResource || size <= sizeOfDocument(before, membership)) return undefined;
  return scimError('resourceTooLarge', { resourceType: type, limit: largestResource });
}

function sizeOfDocument(document: ResourceDocument, membership: string): number {
  let size = 0;
  for (const name in document) if (name !== membership) size += name.length + sizeOf(document[name] as JsonValue);
  return size;
}

/** Characters of all names and texts. */
function sizeOf(value: JsonValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return sizeOfSimpleValue;
  let size = 0;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item);
  else for (const name in value) size += name.length + sizeOf(value[name] as JsonValue);
  return size;
}
