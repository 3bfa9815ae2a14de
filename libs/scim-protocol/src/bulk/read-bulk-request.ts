import { type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { BulkEntry, BulkRequest } from './bulk-request.js';
import { readBulkEntry } from './read-bulk-entry.js';

export interface BulkLimits {
  /** Operations in one request. */
  readonly maxOperations: number;
}

/**
 * Reads the body of a bulk request (RFC 7644 section 3.7). A mistake in one operation is that operation's; only what
 * makes the request as a whole unreadable or too large is refused here. Keys in any case; `schemas` does not matter.
 *
 * @param body parsed JSON, nested no deeper than a body parser lets through: its data is walked recursively
 */
export function readBulkRequest(body: unknown, { maxOperations }: BulkLimits): Result<BulkRequest, ScimError> {
  if (!isJsonObject(body)) return err(scimError('bodyNotObject'));
  const members = new Map(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]));
  const failOnErrors = members.get('failonerrors') ?? undefined;
  if (failOnErrors !== undefined && !isCount(failOnErrors)) {
    return err(scimError('invalidValue', { reason: 'failOnErrors must be a whole number from 1' }));
  }
  const operations = members.get('operations');
  if (!Array.isArray(operations)) return err(scimError('invalidSyntax', { reason: 'Operations must be a list' }));
  if (operations.length > maxOperations) {
    const reason = `The number of operations, ${operations.length}, exceeds maxOperations (${maxOperations})`;
    return err(scimError('payloadTooLarge', { reason }));
  }
  const entries = operations.map((item, index) => readBulkEntry(index, item));
  return ok({ failOnErrors, entries: refuseRepeatedBulkIds(entries) });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** All creations with the same bulkId are refused: which one a reference means would be a guess. */
function refuseRepeatedBulkIds(entries: readonly BulkEntry[]): readonly BulkEntry[] {
  const uses = new Map<string, number>();
  for (const { method, bulkId } of entries) {
    if (method === 'POST' && bulkId !== undefined) uses.set(bulkId, (uses.get(bulkId) ?? 0) + 1);
  }
  return entries.map((entry, index) => {
    const { method, bulkId, operation } = entry;
    if (!operation.ok || method !== 'POST' || bulkId === undefined || uses.get(bulkId) === 1) return entry;
    const error = scimError('invalidOperation', { index, reason: `bulkId '${bulkId}' is used by several operations` });
    return { ...entry, operation: err(error) };
  });
}
