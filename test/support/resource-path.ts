import type { JsonObject, JsonValue } from '#kernel';

interface ParsedPath {
  readonly extension: string | undefined;
  readonly attribute: string;
  /** Which value of a list: the one whose `sub` is `literal`. */
  readonly selection: { readonly sub: string; readonly literal: string } | undefined;
  readonly sub: string | undefined;
}

const pattern = /^(?:(urn:.+):)?(\w+)(?:\[(\w+) eq "([^"]*)"\])?(?:\.(\w+))?$/;

/** What a resource holds at a path of Entra's attribute mapping, such as `emails[type eq "work"].value`. */
export function valueAt(resource: JsonObject, path: string): JsonValue | undefined {
  const { extension, attribute, selection, sub } = parse(path);
  const holder = extension === undefined ? resource : (resource[extension] as JsonObject | undefined);
  const value = holder?.[attribute];
  const selected = selection ? listOf(value).find((item) => isSelected(item, selection)) : value;
  return sub === undefined ? selected : (selected as JsonObject | undefined)?.[sub];
}

/** The body of a POST with these values, as Entra builds it from its attribute mapping. */
export function resourceOf(values: Readonly<Record<string, JsonValue>>): JsonObject {
  const resource: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    const { extension, attribute, selection, sub } = parse(path);
    const holder = extension === undefined ? resource : ((resource[extension] ??= {}) as JsonObject);
    if (sub === undefined) {
      holder[attribute] = value;
    } else {
      const target = selection ? selectedIn((holder[attribute] ??= []), selection) : (holder[attribute] ??= {});
      (target as JsonObject)[sub] = value;
    }
  }
  return resource;
}

function parse(path: string): ParsedPath {
  const [, extension, attribute, filterSub, literal, sub] = pattern.exec(path) ?? [];
  if (attribute === undefined) throw new Error(`'${path}' is not a path of an attribute mapping.`);
  const selection = filterSub === undefined ? undefined : { sub: filterSub, literal: literal ?? '' };
  return { extension, attribute, selection, sub };
}

function selectedIn(list: JsonValue, selection: NonNullable<ParsedPath['selection']>): JsonObject {
  const present = listOf(list).find((item) => isSelected(item, selection));
  if (present) return present;
  const created: JsonObject = { [selection.sub]: selection.literal };
  (list as JsonValue[]).push(created);
  return created;
}

function isSelected(item: JsonObject, { sub, literal }: NonNullable<ParsedPath['selection']>): boolean {
  return (
    JSON.stringify(item[sub] ?? null)
      .replaceAll('"', '')
      .toLowerCase() === literal.toLowerCase()
  );
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return (value ?? []) as JsonObject[];
}
