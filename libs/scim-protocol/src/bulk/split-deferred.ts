import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import { refersTo } from './bulk-reference.js';

/**
 * Takes what refers to deferred bulkIds out of a resource: of a list the items, otherwise the whole value of the
 * attribute, because a reference without its `value` says nothing. Attributes under a schema's URN are taken one by one.
 */
export function splitDeferred(
  data: JsonObject,
  deferred: ReadonlySet<string>,
): { readonly now: JsonObject; readonly later: JsonObject } {
  const now: [string, JsonValue][] = [];
  const later: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(data)) {
    const part = splitValue(name, value, deferred);
    if (part.now !== undefined) now.push([name, part.now]);
    if (part.later !== undefined) later.push([name, part.later]);
  }
  // Object.fromEntries makes even `__proto__` a key like any other.
  return { now: Object.fromEntries(now), later: Object.fromEntries(later) };
}

interface Split {
  readonly now?: JsonValue;
  readonly later?: JsonValue;
}

function splitValue(name: string, value: JsonValue, deferred: ReadonlySet<string>): Split {
  if (!refersTo(value, deferred)) return { now: value };
  if (Array.isArray(value)) {
    const now = value.filter((item) => !refersTo(item, deferred));
    return { ...(now.length > 0 && { now }), later: value.filter((item) => refersTo(item, deferred)) };
  }
  if (isJsonObject(value) && /^urn:/i.test(name)) {
    const { now, later } = splitDeferred(value, deferred);
    return { ...(Object.keys(now).length > 0 && { now }), later };
  }
  return { later: value };
}
