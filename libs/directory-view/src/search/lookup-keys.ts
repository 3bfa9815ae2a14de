import { createHash } from 'node:crypto';
import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import { type ResolvedAttribute, type ResourceDocument, enterpriseUserSchemaUrn } from '#scim-protocol';

/** Columns of `resource` that hold one attribute's comparable value, and where the search document has it. */
const keyColumns = [
  { column: 'user_name_key', extension: undefined, attribute: 'userName' },
  { column: 'external_id_key', extension: undefined, attribute: 'externalId' },
  { column: 'display_name_key', extension: undefined, attribute: 'displayName' },
  { column: 'employee_number_key', extension: enterpriseUserSchemaUrn, attribute: 'employeeNumber' },
] as const;

export const keyNames = keyColumns.map(({ column }) => column);

/** In the order of `keyNames`; null where the resource has no value. */
export type LookupKeys = readonly (string | null)[];

export function lookupKeys(search: JsonObject): LookupKeys {
  return keyColumns.map(({ extension, attribute }) => {
    const key = rawValue(search, extension, attribute);
    return typeof key === 'string' ? key : null;
  });
}

/** Some of `keyNames`: a bit for each, that of the first one is 1. */
export type KeySelection = number;

/** Every selection there is, each at its own place. */
export const keySelections: readonly KeySelection[] = Array.from({ length: 2 ** keyColumns.length }, (_, bits) => bits);

export function selected<T>(ofEachKey: readonly T[], selection: KeySelection): readonly T[] {
  return ofEachKey.filter((_, index) => selection & (1 << index));
}

/**
 * The keys that a change of a document may have changed. Unchanged attributes keep their very values
 * (`applyProfileChange`), so that nothing has to be compared in depth.
 */
export function changedKeys(before: ResourceDocument, after: ResourceDocument): KeySelection {
  return keyColumns.reduce((selection, { extension, attribute }, index) => {
    const isSame = rawValue(before, extension, attribute) === rawValue(after, extension, attribute);
    return isSame ? selection : selection | (1 << index);
  }, 0);
}

/** The indexed column that holds exactly what this attribute has in the search document. */
export function keyColumn(target: ResolvedAttribute): string | undefined {
  if (target.subAttribute) return undefined;
  return keyColumns.find(
    ({ extension, attribute }) => extension === target.extension && attribute === target.attribute.name,
  )?.column;
}

/** Characters of a key in an index; the indexes of some engines cannot hold longer ones. */
const longestKey = 400;

/** What stands for a text among the keys that only look-ups read, to be told from others there by its whole value. */
export function indexKey(text: string): string {
  if (text.length <= longestKey) return text;
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Keys of a user's e-mail addresses, each once.
 *
 * @param emails the attribute in comparable form.
 */
export function emailKeys(emails: JsonValue | undefined): ReadonlySet<string> {
  const items = Array.isArray(emails) ? emails : [];
  const values = items.map((email) => (isJsonObject(email) ? email['value'] : undefined));
  return new Set(values.filter((value) => typeof value === 'string').map(indexKey));
}

function rawValue(document: JsonObject, extension: string | undefined, attribute: string): JsonValue | undefined {
  const holder = extension === undefined ? document : document[extension];
  return isJsonObject(holder) ? holder[attribute] : undefined;
}
