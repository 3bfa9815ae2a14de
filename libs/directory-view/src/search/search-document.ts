import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import {
  type AttributeDefinition,
  type ResolvedAttribute,
  type ResourceDocument,
  type ResourceTypeName,
  type SchemaRegistry,
  comparableValue,
  membershipAttributes,
  schemasOf,
} from '#scim-protocol';

/**
 * What filters and sorting see of a resource: the document with every value in comparable form, so that the store
 * compares bytes and needs to know nothing of case or time zones. What is never returned is left out.
 */
export class SearchDocuments {
  readonly #registry: SchemaRegistry;
  readonly #attributes: Readonly<Record<ResourceTypeName, readonly ResolvedAttribute[]>>;

  constructor(registry: SchemaRegistry) {
    this.#registry = registry;
    const searchable = (type: ResourceTypeName) =>
      registry
        .attributesOf(type)
        .filter(({ attribute }) => attribute.returned !== 'never')
        .filter(({ attribute, extension }) => extension !== undefined || attribute.name !== membershipAttributes[type]);
    this.#attributes = { User: searchable('User'), Group: searchable('Group') };
  }

  of(type: ResourceTypeName, document: ResourceDocument): JsonObject {
    const found: JsonObject = { schemas: schemasOf(this.#registry, type, document) };
    for (const { attribute, extension } of this.#attributes[type]) {
      const holder = extension === undefined ? document : document[extension];
      const value = isJsonObject(holder) ? comparable(attribute, holder[attribute.name]) : undefined;
      if (value === undefined) continue;
      const target = extension === undefined ? found : ((found[extension] ??= {}) as JsonObject);
      target[attribute.name] = value;
    }
    return found;
  }

  /** One core attribute as it stands in the search document. */
  valueOf(type: ResourceTypeName, document: ResourceDocument, name: string): JsonValue | undefined {
    const found = this.#attributes[type].find(
      ({ attribute, extension }) => extension === undefined && attribute.name === name,
    );
    return found && comparable(found.attribute, document[name]);
  }
}

function comparable(attribute: AttributeDefinition, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value))
    return value.map((item) => comparable(attribute, item)).filter((item) => item !== undefined);
  if (attribute.subAttributes === undefined) return comparableValue(attribute, value);
  if (!isJsonObject(value)) return undefined;
  const parts: JsonObject = {};
  for (const part of attribute.subAttributes) {
    const inner = part.returned === 'never' ? undefined : comparable(part, value[part.name]);
    if (inner !== undefined) parts[part.name] = inner;
  }
  return parts;
}
