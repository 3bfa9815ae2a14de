import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { PatchOperation, PatchRequest } from './patch-request.js';

export interface PatchLimits {
  /** An operation without a path counts as one for each key of its value, which is a path of its own. */
  readonly mostOperations: number;
}

/** Most text of all paths of a request, characters: reading them is most of what an operation costs. */
const longestPaths = 2_097_152;

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
  const operations: PatchOperation[] = [];
  const paths = new PathCount();
  for (const [index, item] of sent.entries()) {
    const operation = readOperation(index, item);
    if (!operation.ok) return operation;
    operations.push(operation.value);
    paths.add(operation.value);
    if (paths.count > limits.mostOperations) return err(tooManyOperations(limits));
    if (paths.length > longestPaths) return err(tooLongPaths);
  }
  return ok({ operations });
}

function tooManyOperations({ mostOperations }: PatchLimits): ScimError {
  const reason = `The request has more than ${mostOperations} operations. Send them in several requests`;
  return scimError('payloadTooLarge', { reason });
}

const tooLongPaths = scimError('payloadTooLarge', {
  reason: `The paths of the request are longer than ${longestPaths} characters together. Send it in several requests`,
});

/** How many paths a request has and how long they are together. */
class PathCount {
  count = 0;
  length = 0;

  add({ path, value }: PatchOperation): void {
    if (path !== undefined) this.#addPath(path);
    else if (isJsonObject(value)) this.#addKeys(value);
  }

  #addPath(path: string): void {
    this.count += 1;
    this.length += path.length;
  }

  /** A key that is a URN stands for the keys of its value. */
  #addKeys(value: JsonObject): void {
    for (const key in value) {
      const inner = key.includes(':') ? value[key] : undefined;
      if (isJsonObject(inner)) this.#addKeys(inner);
      else this.#addPath(key);
    }
  }
}

function readOperation(index: number, item: JsonValue): Result<PatchOperation, ScimError> {
  const invalid = (reason: string) => err(scimError('invalidOperation', { index, reason }));
  if (!isJsonObject(item)) return invalid('it must be an object');
  const op = operationName(valueNamed(item, 'op'));
  if (op === undefined) return invalid('op must be "add", "replace" or "remove"');
  // Serializers write null for a path that is not there, and for the value that `remove` does without.
  const path = valueNamed(item, 'path') ?? '';
  if (typeof path !== 'string') return invalid('path must be a string');
  const value = valueNamed(item, 'value');
  if (op === 'remove') {
    if (path === '') return err(scimError('pathMissing', { index }));
    return ok({ index, op, path, ...(value !== undefined && value !== null && { value }) });
  }
  if (value === undefined) {
    return err(scimError('operationValue', { index, reason: `"${op}" needs a value; null unassigns the attribute.` }));
  }
  return ok({ index, op, ...(path !== '' && { path }), value });
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
