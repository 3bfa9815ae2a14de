import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';
import { writeAttribute } from '../wire/attribute-path.js';
import { enterpriseSchema } from '../wire/schema-uris.js';

const memberPath = /^members\[value eq "([^"]+)"\]$/;
const managerTarget = new RegExp(`^(${enterpriseSchema.replaceAll('.', '\\.')}:)?manager(\\[.+\\])?$`);

export interface PatchFaults {
  /** Removes every member where a list of some was given. */
  readonly removesAllMembers?: boolean;
  /** Takes the string "False" for true. */
  readonly castsBooleans?: boolean;
}

/** Applies a PATCH of either dialect to a resource; just enough of it for what the simulator sends. */
export function patchDocument(resource: JsonObject, body: JsonObject, faults: PatchFaults): void {
  for (const operation of body['Operations'] as JsonObject[]) {
    const { path, value } = operation;
    const op = (operation['op'] as string).toLowerCase();
    if (typeof path !== 'string') {
      for (const [key, item] of Object.entries(value as JsonObject)) patchTarget(resource, op, key, item, faults);
    } else {
      patchTarget(resource, op, path, value, faults);
    }
  }
}

function patchTarget(
  resource: JsonObject,
  op: string,
  path: string,
  value: JsonValue | undefined,
  faults: PatchFaults,
): void {
  const member = memberPath.exec(path)?.[1];
  if (member !== undefined) removeMembers(resource, [member]);
  else if (path === 'members') patchMembers(resource, op, value as JsonObject[], faults);
  else if (managerTarget.test(path)) patchManager(resource, op, value);
  else writeAttribute(resource, path, path === 'active' ? booleanOf(value, faults) : (value as JsonValue));
}

function patchMembers(resource: JsonObject, op: string, named: readonly JsonObject[], faults: PatchFaults): void {
  const ids = named.map((member) => member['value'] as string);
  removeMembers(resource, faults.removesAllMembers && op === 'remove' ? undefined : ids);
  if (op !== 'remove') (resource['members'] as JsonValue[]).push(...ids.map((id) => ({ value: id })));
}

export function removeMembers(resource: JsonObject, ids: readonly string[] | undefined): void {
  const members = (resource['members'] ?? []) as JsonObject[];
  const named = new Set<JsonValue | undefined>(ids);
  resource['members'] = ids === undefined ? [] : members.filter((member) => !named.has(member['value']));
}

function patchManager(resource: JsonObject, op: string, value: JsonValue | undefined): void {
  const extension = resource[enterpriseSchema] as JsonObject;
  const [first] = Array.isArray(value) ? value : [value];
  const id = isJsonObject(first) ? first['value'] : first;
  if (op === 'remove' || typeof id !== 'string' || id === '') delete extension['manager'];
  else extension['manager'] = { value: id };
}

function booleanOf(value: JsonValue | undefined, { castsBooleans = false }: PatchFaults): boolean {
  if (castsBooleans) return Boolean(value);
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
