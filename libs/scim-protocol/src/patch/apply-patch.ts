import type { Result } from '#kernel';
import type { ScimError } from '../errors/scim-error.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { DocumentPatcher } from './document-patcher.js';
import type { PatchRequest } from './patch-request.js';

/**
 * The document after a PATCH (RFC 7644 section 3.5.2), in which all operations were applied in order or, with an error,
 * none: the first refusal ends it and names the operation, the path and the reason. `document` is not changed; the
 * result shares with it what did not change.
 *
 * Both of Entra's dialects mean the same here: one operation with a path per attribute, and one without a path whose
 * value has paths as its keys. What the schemas do not know is left out in both. A read-only attribute is refused where
 * a path names it and left out within a value, because clients send back `id`, `meta` and `schemas` with the rest.
 * null and "" unassign. Removing a required attribute is `mutability` (section 3.5.2.2), writing nothing into one
 * `invalidValue`.
 */
export function applyPatch(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  document: ResourceDocument,
  request: PatchRequest,
): Result<ResourceDocument, ScimError> {
  const patcher = new DocumentPatcher(registry, type, document);
  for (const operation of request.operations) {
    const applied = patcher.apply(operation);
    if (!applied.ok) return applied;
  }
  return patcher.complete();
}
