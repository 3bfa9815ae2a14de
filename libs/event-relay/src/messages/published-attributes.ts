import { isJsonObject, type JsonObject } from '#kernel';

/**
 * Whether an attribute must not leave the directory, e.g. because its schema says that it is never returned.
 *
 * @param name a core attribute by its name, an extension attribute as `<schema URN>:<name>`.
 */
export type Withheld = (name: string) => boolean;

export const nothingWithheld: Withheld = () => false;

/** Attributes as a resource has them: those of an extension in an object under its URN. */
export function publishedAttributes(attributes: JsonObject, withheld: Withheld): JsonObject {
  if (withheld === nothingWithheld) return attributes;
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => !withheld(name))
      .map(([name, value]) => [
        name,
        // Only a schema's URN has a colon (RFC 7643 section 2.1).
        name.includes(':') && isJsonObject(value)
          ? publishedAssignments(value, (part) => withheld(`${name}:${part}`))
          : value,
      ]),
  );
}

/** Attributes as a change names them: one entry each. */
export function publishedAssignments(assigned: JsonObject, withheld: Withheld): JsonObject {
  if (withheld === nothingWithheld) return assigned;
  return Object.fromEntries(Object.entries(assigned).filter(([name]) => !withheld(name)));
}
