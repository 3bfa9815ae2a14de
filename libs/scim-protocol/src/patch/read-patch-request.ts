import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { PatchOperation, PatchRequest } from './patch-request.js';

export interface PatchLimits {
  readonly mostOperations: number;
}

type OperationName = PatchOperation['op'];

/**
 * Reads the body of a PATCH (RFC 7644 section 3.5.2). Keys and operation names in any case; keys that are not known,
 * `schemas` among them, do not matter; no operations at all is a request that changes nothing. Paths are read when the
 * request is applied.
 *
 * @param body parsed JSON
 */
export function readPatchRequest(body: unknown, limits: PatchLimits): Result<PatchRequest, ScimError> {
  if (!isJsonObject(body)) return err(scimError('bodyNotObject'));
  const sent = valueNamed(body, 'operations');
  if (!Array.isArray(sent)) return err(scimError('invalidSyntax', { reason: 'Operations must be a list' }));
  if (sent.length > limits.mostOperations) {
    const reason = `The request has ${sent.length} operations. Send at most ${limits.mostOperations} in one request`;
    return err(scimError('payloadTooLarge', { reason }));
  }
  const operations: PatchOperation[] = [];
  for (const [index, item] of sent.entries()) {
    const operation = readOperation(index, item);
    if (!operation.ok) return operation;
    operations.push(operation.value);
  }
  return ok({ operations });
}

function readOperation(index: number, item: JsonValue): Result<PatchOperation, ScimError> {
  const invalid = (reason: string) => err(scimError('invalidOperation', { index, reason }));
  if (!isJsonObject(item)) return invalid('it must be an object');
  const op = operationName(valueNamed(item, 'op'));
  if (op === undefined) return invalid('op must be "add", "replace" or "remove"');
  // Serializers write null for a path that is not there.
  const path = valueNamed(item, 'path') ?? '';
  if (typeof path !== 'string') return invalid('path must be a string');
  const value = valueNamed(item, 'value');
  if (op === 'remove') {
    if (path === '') return err(scimError('noTarget', { index, path }));
  } else if (value === undefined) {
    return err(scimError('operationValue', { index, reason: `"${op}" needs a value; null unassigns the attribute.` }));
  }
  return ok({ index, op, ...(path !== '' && { path }), ...(value !== undefined && { value }) });
}

function operationName(sent: JsonValue | undefined): OperationName | undefined {
  const name = typeof sent === 'string' ? sent.toLowerCase() : undefined;
  return name === 'add' || name === 'replace' || name === 'remove' ? name : undefined;
}

/** @param name in lower case */
function valueNamed(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : object[key];
}
