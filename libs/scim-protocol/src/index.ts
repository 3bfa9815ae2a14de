export {
  type ScimError,
  type ScimErrorCode,
  type ScimType,
  scimError,
  scimErrorCatalogue,
} from './errors/scim-error.js';
export type { ResourceDocument } from './schema/resource-document.js';
export type {
  AttributeDefinition,
  AttributeType,
  ResourceTypeDefinition,
  ResourceTypeName,
  SchemaDefinition,
} from './schema/schema-definition.js';
export type {
  ComparisonOperator,
  Filter,
  FilterLiteral,
  ResolvedFilter,
  ResolvedValueFilter,
} from './filter/filter.js';
export type { AttributePath, ResolvedAttribute } from './schema/attribute-path.js';
export { commonAttributes } from './schema/common-attributes.js';
export { enterpriseUserSchema, enterpriseUserSchemaUrn } from './schema/enterprise-user-schema.js';
export { groupSchema, groupSchemaUrn } from './schema/group-schema.js';
export { type DeclaredExtension, type QualifiedName, SchemaRegistry } from './schema/schema-registry.js';
export { userSchema, userSchemaUrn } from './schema/user-schema.js';
export { readAttributeValue } from './representation/attribute-value.js';
export { readResource } from './representation/read-resource.js';
export {
  type ResourceTail,
  type StoredResource,
  completeResource,
  entityTag,
  renderResourceHead,
  schemasOf,
} from './representation/resource-text.js';
export { subAttributeNamed } from './schema/sub-attribute.js';
