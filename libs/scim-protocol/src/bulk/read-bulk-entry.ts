import { type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { BulkEntry, BulkMethod, BulkOperation } from './bulk-request.js';
import { collectReferences } from './bulk-reference.js';

interface Target {
  readonly type: ResourceTypeName;
  readonly id: string | undefined;
}

type Members = ReadonlyMap<string, JsonValue>;

const methods: ReadonlySet<unknown> = new Set<BulkMethod>(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Names of endpoints in any case, as in the addresses of single requests, and ids as long as there; longer ones exist
 * nowhere.
 */
const pathPattern = /^\/(?:(Users)|Groups)(?:\/([^/?#]{1,512}))?\/?$/i;

/** Reads an item of `Operations` (RFC 7644 section 3.7). Keys and methods in any case; unknown keys do not matter. */
export function readBulkEntry(index: number, item: JsonValue): BulkEntry {
  if (!isJsonObject(item)) {
    return { method: undefined, bulkId: undefined, operation: invalid(index, 'it must be an object') };
  }
  const members: Members = new Map(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));
  const method = methodOf(members.get('method'));
  const sentId = members.get('bulkid');
  const bulkId = typeof sentId === 'string' && sentId !== '' ? sentId : undefined;
  const target = readPath(members.get('path'));
  const operation = readOperation(index, members, method, bulkId, target);
  const isMeant = !operation.ok && method !== undefined && method !== 'POST' && target?.id !== undefined;
  return { method, bulkId, operation, ...(isMeant && { target: { type: target.type, id: target.id } }) };
}

function methodOf(sent: JsonValue | undefined): BulkMethod | undefined {
  const method = typeof sent === 'string' ? sent.toUpperCase() : undefined;
  return methods.has(method) ? (method as BulkMethod) : undefined;
}

function readOperation(
  index: number,
  members: Members,
  method: BulkMethod | undefined,
  bulkId: string | undefined,
  target: Target | undefined,
): BulkEntry['operation'] {
  if (method === undefined) return invalid(index, 'method must be POST, PUT, PATCH or DELETE');
  if (!target) return invalid(index, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}');
  const { type, id } = target;
  const data = members.get('data');
  const references = new Set<string>();
  if (method === 'POST') {
    if (id !== undefined) return invalid(index, 'the path of a POST must not name a resource');
    if (bulkId === undefined) return invalid(index, 'a POST needs a bulkId');
    if (!isJsonObject(data)) return invalid(index, 'data must be an object');
    collectReferences(data, references);
    return ok({ method, type, bulkId, data, references });
  }
  if (id === undefined) return invalid(index, `the path of a ${method} must name a resource`);
  const sentVersion = members.get('version') ?? undefined;
  if (sentVersion !== undefined && typeof sentVersion !== 'string') return invalid(index, 'version must be a string');
  const version: string | undefined = sentVersion;
  collectReferences(id, references);
  if (method === 'DELETE') return ok({ method, type, id, version, references });
  if (!isJsonObject(data)) return invalid(index, 'data must be an object');
  collectReferences(data, references);
  return ok({ method, type, id, version, data, references });
}

/** Half of a surrogate pair can stand in JSON but in no address: no resource is there, and no location can be told. */
function readPath(path: JsonValue | undefined): Target | undefined {
  if (typeof path !== 'string' || !path.isWellFormed()) return undefined;
  const match = pathPattern.exec(path);
  if (!match) return undefined;
  const [, users, id] = match;
  try {
    return { type: users ? 'User' : 'Group', id: id === undefined ? undefined : decodeURIComponent(id) };
  } catch {
    return undefined;
  }
}

function invalid(index: number, reason: string): Result<BulkOperation, ScimError> {
  return err(scimError('invalidOperation', { index, reason }));
}
