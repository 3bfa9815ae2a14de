import type { JsonObject } from '#kernel';
import type { ResourceTypeDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { discoveryList } from './discovery-list.js';

/** Body of `GET /ResourceTypes` (RFC 7644 section 4). `baseUrl` is the tenant's SCIM base, without a slash at its end. */
export function resourceTypeListBody(registry: SchemaRegistry, baseUrl: string): JsonObject {
  return discoveryList(registry.resourceTypes.map((type) => resourceTypeBody(type, baseUrl)));
}

/** Body of `GET /ResourceTypes/{id}` (RFC 7643 section 6). The id of a resource type is its name. */
export function resourceTypeBody(type: ResourceTypeDefinition, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
  };
}
