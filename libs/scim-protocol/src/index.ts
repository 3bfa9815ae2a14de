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
export { leadsToHidden } from './schema/hidden-attribute.js';
export { commonAttributes } from './schema/common-attributes.js';
export { nameAttributes } from './schema/name-attributes.js';
export { enterpriseUserSchemaUrn } from './schema/enterprise-user-schema.js';
export { type DeclaredExtension, type QualifiedName, SchemaRegistry } from './schema/schema-registry.js';
export { leadsToMemberships, membershipAttributes } from './schema/membership-attributes.js';
export { checkImmutable } from './representation/check-immutable.js';
export { readResource } from './representation/read-resource.js';
export {
  type ResourceTail,
  type StoredResource,
  completeResource,
  spliceMembers,
  entityTag,
  renderResourceHead,
  schemasOf,
} from './representation/resource-text.js';
export { type Comparable, comparableValue } from './filter/comparable-value.js';
export { matchesFilter, matchesValueFilter } from './filter/matches-filter.js';
export { parseFilter } from './filter/parse-filter.js';
export { resolveFilter } from './filter/resolve-filter.js';
export { resolveFilterAcrossTypes } from './filter/resolve-filter-across-types.js';
export { parseAttributePath } from './schema/parse-attribute-path.js';
export { applyPatch } from './patch/apply-patch.js';
export type { GroupMemberInput, MembershipOperation } from './patch/membership-operation.js';
export type { PatchOperation, PatchRequest } from './patch/patch-request.js';
export { type PatchLimits, readPatchRequest } from './patch/read-patch-request.js';
export { splitMembership } from './patch/split-membership.js';
export type {
  BulkChange,
  BulkCreation,
  BulkDeletion,
  BulkEntry,
  BulkMethod,
  BulkOperation,
  BulkRequest,
} from './bulk/bulk-request.js';
export { type BulkResult, renderBulkResponse } from './bulk/bulk-response.js';
export { type BulkStep, planBulk } from './bulk/plan-bulk.js';
export { type BulkLimits, readBulkRequest } from './bulk/read-bulk-request.js';
export {
  completeCreation,
  type Completion,
  type CreatedIds,
  resolveId,
  resolveOperation,
  resolveTarget,
} from './bulk/resolve-operation.js';
export { resourceTypeBody, resourceTypeListBody } from './discovery/resource-type-bodies.js';
export { schemaBody, schemaListBody } from './discovery/schema-bodies.js';
export { type ServiceLimits, serviceProviderConfig } from './discovery/service-provider-config.js';
export { errorBody } from './messages/error-body.js';
export {
  type ListQuery,
  type Page,
  type PageLimits,
  readAttributeNames,
  readListQuery,
} from './messages/list-query.js';
export { type ListResponse, renderListResponse } from './messages/list-response.js';
export {
  type AttributeParameters,
  type AttributeSelection,
  parseAttributeSelection,
} from './representation/attribute-selection.js';
export { readSchemaRegistry } from './schema/read-schema-registry.js';
