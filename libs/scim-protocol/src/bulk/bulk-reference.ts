import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';

const prefix = 'bulkId:';

/** The bulkId a text refers to (RFC 7644 section 3.7.2), undefined where it is not a reference from end to end. */
export function referredBulkId(text: string): string | undefined {
  return text.startsWith(prefix) && text.length > prefix.length ? text.slice(prefix.length) : undefined;
}

/** Adds to `found` every bulkId that a text within the value refers to. Keys do not refer. */
export function collectReferences(value: JsonValue, found: Set<string>): void {
  if (typeof value === 'string') {
    const bulkId = referredBulkId(value);
    if (bulkId !== undefined) found.add(bulkId);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collectReferences(part, found);
  }
}

/** Whether a text within the value refers to one of the bulkIds. */
export function refersTo(value: JsonValue, bulkIds: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    const bulkId = referredBulkId(value);
    return bulkId !== undefined && bulkIds.has(bulkId);
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => refersTo(part, bulkIds));
}

/** A copy with resource ids in place of the references to them. References that are not in `ids` stay. */
export function replaceReferences(data: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  // Object.fromEntries makes even `__proto__` a key like any other.
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, replaced(value, ids)]));
}

function replaced(value: JsonValue, ids: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return replaceReference(value, ids);
  if (Array.isArray(value)) return value.map((item) => replaced(item, ids));
  return isJsonObject(value) ? replaceReferences(value, ids) : value;
}

/** The resource id a text refers to, otherwise the text. */
export function replaceReference(text: string, ids: ReadonlyMap<string, string>): string {
  const bulkId = referredBulkId(text);
  return (bulkId === undefined ? undefined : ids.get(bulkId)) ?? text;
}
