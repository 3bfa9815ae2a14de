import type { ResourceTypeName } from './schema-definition.js';

/** The attribute of each type that is unique in a tenant, by which clients find a resource that they have no id of. */
export const nameAttributes: Readonly<Record<ResourceTypeName, string>> = { User: 'userName', Group: 'displayName' };
