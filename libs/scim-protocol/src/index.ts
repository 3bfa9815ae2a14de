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
