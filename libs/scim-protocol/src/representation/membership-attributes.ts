import type { ResourceTypeName } from '../schema/schema-definition.js';

/**
 * The attribute of each type that says who belongs to what: kept apart from the document and spliced into the text when a
 * resource is answered, since memberships change without the rest and may be many.
 */
export const membershipAttributes: Readonly<Record<ResourceTypeName, string>> = { User: 'groups', Group: 'members' };
