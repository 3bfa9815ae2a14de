import type { JsonObject } from '#kernel';
import type { AttributeDefinition, SchemaDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { discoveryList } from './discovery-list.js';

/** Body of `GET /Schemas` (RFC 7644 section 4). `baseUrl` is the tenant's SCIM base, without a slash at its end. */
export function schemaListBody(registry: SchemaRegistry, baseUrl: string): JsonObject {
  return discoveryList(registry.schemas.map((schema) => schemaBody(schema, baseUrl)));
}

/** Body of `GET /Schemas/{urn}` (RFC 7643 section 7). */
export function schemaBody({ id, name, description, attributes }: SchemaDefinition, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(attributeBody),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  };
}

function attributeBody(attribute: AttributeDefinition): JsonObject {
  const { canonicalValues, referenceTypes, subAttributes } = attribute;
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.multiValued,
    description: attribute.description,
    required: attribute.required,
    caseExact: attribute.caseExact,
    mutability: attribute.mutability,
    returned: attribute.returned,
    uniqueness: attribute.uniqueness,
    ...(canonicalValues && { canonicalValues: [...canonicalValues] }),
    ...(referenceTypes && { referenceTypes: [...referenceTypes] }),
    ...(subAttributes && { subAttributes: subAttributes.map(attributeBody) }),
  };
}
