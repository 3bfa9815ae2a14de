import { isJsonObject } from '#kernel';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeDefinition, ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';

type Extension = ResourceTypeDefinition['extensions'][number];

/** The first required attribute that is absent, as a path. */
export function missingAttribute(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  document: ResourceDocument,
): string | undefined {
  const { schema, extensions } = registry.resourceType(type);
  const core = schema.attributes.find(({ name, required }) => required && !Object.hasOwn(document, name));
  return core?.name ?? missingOfExtensions(extensions, document);
}

/** The same for these extensions alone. What an optional extension requires is required once it is used at all. */
export function missingOfExtensions(extensions: readonly Extension[], document: ResourceDocument): string | undefined {
  for (const { schema, required } of extensions) {
    const used = document[schema.id];
    if (!isJsonObject(used)) {
      if (required) return schema.id;
      continue;
    }
    const missing = schema.attributes.find((attribute) => attribute.required && !Object.hasOwn(used, attribute.name));
    if (missing !== undefined) return `${schema.id}:${missing.name}`;
  }
  return undefined;
}
