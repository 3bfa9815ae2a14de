import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { referredBulkId, replaceReference, replaceReferences } from './bulk-reference.js';
import type { BulkChange, BulkCreation, BulkOperation } from './bulk-request.js';
import { splitDeferred } from './split-deferred.js';

/** Ids of the resources created so far, by bulkId. */
export type CreatedIds = ReadonlyMap<string, string>;

/**
 * An operation as it would be sent alone: ids in place of references (RFC 7644 section 3.7.2), without what refers to
 * deferred bulkIds. Refused where another reference has no id, because then no POST has created a resource for it.
 */
export function resolveOperation(
  operation: BulkOperation,
  ids: CreatedIds,
  deferred: ReadonlySet<string>,
): Result<BulkOperation, ScimError> {
  const { references } = operation;
  if (references.size === 0) return ok(operation);
  for (const bulkId of references) {
    if (!ids.has(bulkId) && !deferred.has(bulkId)) return err(scimError('unresolvedReference', { bulkId }));
  }
  if (operation.method === 'DELETE') return ok({ ...operation, id: replaceReference(operation.id, ids) });
  const present = deferred.size === 0 ? operation.data : splitDeferred(operation.data, deferred).now;
  const data = replaceReferences(present, ids);
  if (operation.method === 'POST') return ok({ ...operation, data });
  return ok({ ...operation, id: replaceReference(operation.id, ids), data });
}

/** The id of the resource an operation is about; undefined where there is none, or none yet. */
export function resolveTarget(operation: BulkOperation, ids: CreatedIds): string | undefined {
  return operation.method === 'POST' ? ids.get(operation.bulkId) : resolveId(operation.id, ids);
}

/** The id that stands in a path, or the one a reference there stands for; undefined where that is none yet. */
export function resolveId(sent: string, ids: CreatedIds): string | undefined {
  const id = replaceReference(sent, ids);
  return referredBulkId(id) === undefined ? id : undefined;
}

export interface Completion {
  /** Adds what was deferred and can be resolved now; undefined where that is nothing. */
  readonly change: BulkChange | undefined;
  /** Says so where something deferred still refers to nothing. */
  readonly unresolved: ScimError | undefined;
}

/**
 * What is still to be done for a creation that was executed with deferred references (RFC 7644 section 3.7.1).
 *
 * @returns undefined where it has not created anything.
 */
export function completeCreation(
  { type, bulkId, data }: BulkCreation,
  ids: CreatedIds,
  deferred: ReadonlySet<string>,
): Completion | undefined {
  const id = ids.get(bulkId);
  if (id === undefined) return undefined;
  const missing = [...deferred].filter((reference) => !ids.has(reference));
  const [first] = missing;
  const unresolved = first === undefined ? undefined : scimError('unresolvedReference', { bulkId: first });
  const { later } = splitDeferred(data, deferred);
  const { now: resolvable } = splitDeferred(later, new Set(missing));
  if (Object.keys(resolvable).length === 0) return { change: undefined, unresolved };
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', value: replaceReferences(resolvable, ids) }],
  };
  const change: BulkChange = { method: 'PATCH', type, id, version: undefined, data: patch, references: new Set() };
  return { change, unresolved };
}
