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
  return isJsonObject(value) && key.includes(':');
}

/** What turns one set of attributes into another; undefined where they are equal. */
export function profileChange(before: JsonObject, after: JsonObject): ProfileChange | undefined {
  const assigned: JsonObject = {};
  const unassigned: string[] = [];
  for (const key of Object.keys(after)) {
    const value = after[key];
    if (isExtension(key, value)) assignDifferent(partsAt(before, key), value, `${key}:`, assigned);
    else if (value !== undefined && !jsonEquals(plainAt(before, key), value)) assigned[key] = value;
  }
  for (const key of Object.keys(before)) {
    const value = before[key];
    if (isExtension(key, value)) listMissing(value, partsAt(after, key), `${key}:`, unassigned);
    else if (plainAt(after, key) === undefined) unassigned.push(key);
  }
  if (Object.keys(assigned).length === 0 && unassigned.length === 0) return undefined;
  return { assigned, unassigned };
}

const none: JsonObject = {};

/** The attributes of an extension; none where something else stands in its place. */
function partsAt(attributes: JsonObject, key: string): JsonObject {
  const value = attributes[key];
  return isExtension(key, value) ? value : none;
}

function plainAt(attributes: JsonObject, key: string): JsonValue | undefined {
  const value = attributes[key];
  return isExtension(key, value) ? undefined : value;
}

function assignDifferent(before: JsonObject, after: JsonObject, prefix: string, assigned: JsonObject): void {
  for (const name of Object.keys(after)) {
    const value = after[name] as JsonValue;
    if (!jsonEquals(before[name], value)) assigned[prefix + name] = value;
  }
}

function listMissing(before: JsonObject, after: JsonObject, prefix: string, missing: string[]): void {
  for (const name of Object.keys(before)) if (after[name] === undefined) missing.push(prefix + name);
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
