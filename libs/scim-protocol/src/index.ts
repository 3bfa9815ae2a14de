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
