import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';

/**
 * Whether an attribute must not leave the directory, e.g. because its schema says that it is never returned.
 *
 * @param name a core attribute by its name, an extension attribute as `<schema URN>:<name>`.
 */
export type Withheld = (name: string) => boolean;

export const nothingWithheld: Withheld = () => false;

/** Attributes as a resource has them: those of an extension in an object under its URN. */
export function publishedAttributes(attributes: JsonObject, withheld: Withheld): JsonObject {
  if (!holdsWithheld(attributes, withheld)) return attributes;
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => !withheld(name))
      .map(([name, value]) => [
        name,
        isExtension(name, value) ? publishedAssignments(value, partsOf(name, withheld)) : value,
      ]),
  );
}

/** Attributes as a change names them: one entry each. */
export function publishedAssignments(assigned: JsonObject, withheld: Withheld): JsonObject {
  if (!Object.keys(assigned).some(withheld)) return assigned;
  return Object.fromEntries(Object.entries(assigned).filter(([name]) => !withheld(name)));
}

/** Hardly any do, and what holds nothing need not be copied. */
function holdsWithheld(attributes: JsonObject, withheld: Withheld): boolean {
  for (const name of Object.keys(attributes)) {
    if (withheld(name)) return true;
    const value = attributes[name];
    if (isExtension(name, value) && Object.keys(value).some(partsOf(name, withheld))) return true;
  }
  return false;
}

const partsOf = (urn: string, withheld: Withheld): Withheld => {
  return (part) => withheld(`${urn}:${part}`);
};

/** Only a schema's URN has a colon (RFC 7643 section 2.1). */
function isExtension(name: string, value: JsonValue | undefined): value is JsonObject {
  return name.includes(':') && isJsonObject(value);
}
