import { isJsonObject, type JsonObject, type JsonValue, jsonEquals } from '#kernel';

/**
 * The change of a profile, one attribute at a time: a core attribute by its name, an extension attribute by
 * `<schema URN>:<name>`. A multi-valued or complex attribute is given whole.
 */
export interface ProfileChange {
  readonly assigned: JsonObject;
  readonly unassigned: readonly string[];
}

/** An extension's object stands under its URN; a core attribute's name has no colon (RFC 7643 section 2.1). */
function isExtension(key: string, value: JsonValue | undefined): value is JsonObject {
  return key.includes(':') && isJsonObject(value);
}

/** What turns one set of attributes into another; undefined where they are equal. */
export function profileChange(before: JsonObject, after: JsonObject): ProfileChange | undefined {
  const assigned: JsonObject = {};
  const unassigned: string[] = [];
  compare(flatten(before), flatten(after), assigned, unassigned);
  if (Object.keys(assigned).length === 0 && unassigned.length === 0) return undefined;
  return { assigned, unassigned };
}

function compare(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
  assigned: JsonObject,
  unassigned: string[],
): void {
  for (const [name, value] of after) {
    if (!jsonEquals(before.get(name), value)) assigned[name] = value;
  }
  for (const name of before.keys()) {
    if (!after.has(name)) unassigned.push(name);
  }
}

function flatten(attributes: JsonObject): Map<string, JsonValue> {
  const flat = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(attributes)) {
    if (isExtension(key, value)) {
      for (const [name, inner] of Object.entries(value)) flat.set(`${key}:${name}`, inner);
    } else flat.set(key, value);
  }
  return flat;
}

/** Attributes after a change. The input is left as it is; an extension object without attributes disappears. */
export function applyProfileChange(attributes: JsonObject, change: ProfileChange): JsonObject {
  const result: JsonObject = { ...attributes };
  for (const [name, value] of Object.entries(change.assigned)) {
    const colon = name.lastIndexOf(':');
    if (colon < 0) result[name] = value;
    else {
      const urn = name.slice(0, colon);
      result[urn] = { ...(result[urn] as JsonObject | undefined), [name.slice(colon + 1)]: value };
    }
  }
  for (const name of change.unassigned) unassign(result, name);
  return result;
}

function unassign(result: JsonObject, name: string): void {
  const colon = name.lastIndexOf(':');
  if (colon < 0) {
    delete result[name];
    return;
  }
  const urn = name.slice(0, colon);
  const { [name.slice(colon + 1)]: _, ...rest } = (result[urn] ?? {}) as JsonObject;
  if (Object.keys(rest).length === 0) delete result[urn];
  else result[urn] = rest;
}
