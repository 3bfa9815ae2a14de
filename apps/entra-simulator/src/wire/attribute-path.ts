import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';

/** A target attribute as Entra's mapping writes it, for example `name.givenName` or `emails[type eq "work"].value`. */
interface AttributePath {
  /** URI of the schema extension the attribute belongs to; undefined for the core schema. */
  readonly extension: string | undefined;
  readonly attribute: string;
  /** The `type` of the one element meant, where the attribute has several. */
  readonly elementType: string | undefined;
  readonly subAttribute: string | undefined;
}

const pathPattern = /^(?:(urn:.+):)?([A-Za-z]+)(?:\[type eq "([^"]+)"\])?(?:\.([A-Za-z]+))?$/;
const parsedPaths = new Map<string, AttributePath>();

function parsePath(text: string): AttributePath {
  const known = parsedPaths.get(text);
  if (known) return known;
  const [, extension, attribute, elementType, subAttribute] = pathPattern.exec(text) ?? [];
  if (attribute === undefined) throw new Error(`not a mapping target: ${text}`);
  const path = { extension, attribute, elementType, subAttribute };
  parsedPaths.set(text, path);
  return path;
}

/** Whether the path selects an element of a multi-valued attribute; the compliant dialect treats those apart. */
export function selectsElement(path: string): boolean {
  return parsePath(path).elementType !== undefined;
}

/** The value a resource holds at a mapping target, undefined where it holds none. */
export function readAttribute(resource: JsonObject, path: string): JsonValue | undefined {
  const { extension, attribute, elementType, subAttribute } = parsePath(path);
  const container = extension === undefined ? resource : resource[extension];
  let value = isJsonObject(container) ? container[attribute] : undefined;
  if (elementType !== undefined) {
    value = Array.isArray(value) ? value.find((item) => isJsonObject(item) && item['type'] === elementType) : undefined;
  }
  if (subAttribute !== undefined) value = isJsonObject(value) ? value[subAttribute] : undefined;
  return value ?? undefined;
}

/** Places a value at a mapping target, making the objects and the element around it where they are missing. */
export function writeAttribute(resource: JsonObject, path: string, value: JsonValue): void {
  const { extension, attribute, elementType, subAttribute } = parsePath(path);
  let holder = extension === undefined ? resource : objectAt(resource, extension);
  let key = attribute;
  if (elementType !== undefined && subAttribute !== undefined) {
    holder = elementOfType(holder, attribute, elementType);
    key = subAttribute;
  } else if (subAttribute !== undefined) {
    holder = objectAt(holder, attribute);
    key = subAttribute;
  }
  holder[key] = value;
}

function objectAt(holder: JsonObject, key: string): JsonObject {
  const existing = holder[key];
  if (isJsonObject(existing)) return existing;
  return (holder[key] = {});
}

function elementOfType(holder: JsonObject, attribute: string, type: string): JsonObject {
  const existing = holder[attribute];
  const elements = Array.isArray(existing) ? existing : (holder[attribute] = []);
  const match = elements.filter(isJsonObject).find((element) => element['type'] === type);
  if (match) return match;
  const element: JsonObject = { type };
  elements.push(element);
  return element;
}
