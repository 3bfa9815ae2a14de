import { isJsonObject, type JsonObject } from '#kernel';

/** An attribute that must not leave the directory, e.g. because its schema says that it is never returned. */
export interface WithheldAttribute {
  readonly attribute: string;
  /** URN of the extension it belongs to; undefined: it is of the core schema. */
  readonly extension?: string | undefined;
}

/** Few: they are looked for in a resource, not its attributes among them, of which there are many more. */
export type Withheld = readonly WithheldAttribute[];

export const nothingWithheld: Withheld = [];

/** Attributes as a resource has them: those of an extension in an object under its URN. */
export function publishedAttributes(attributes: JsonObject, withheld: Withheld): JsonObject {
  return withheld.reduce((shown, { attribute, extension }) => {
    if (extension === undefined) return without(shown, attribute);
    const assigned = shown[extension];
    if (!isJsonObject(assigned) || !Object.hasOwn(assigned, attribute)) return shown;
    return { ...shown, [extension]: without(assigned, attribute) };
  }, attributes);
}

/** Attributes as a change names them: one entry each. */
export function publishedAssignments(assigned: JsonObject, withheld: Withheld): JsonObject {
  return withheld.reduce((shown, attribute) => without(shown, assignedName(attribute)), assigned);
}

/** Names as a change has them. */
export function publishedNames(names: readonly string[], withheld: Withheld): string[] {
  return names.filter((name) => !withheld.some((attribute) => assignedName(attribute) === name));
}

function assignedName({ attribute, extension }: WithheldAttribute): string {
  return extension === undefined ? attribute : `${extension}:${attribute}`;
}

/** What holds nothing of it, as nearly everything does, is not copied. */
function without(holder: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(holder, name)) return holder;
  const { [name]: _, ...rest } = holder;
  return rest;
}
