import type { ResolvedAttribute } from './attribute-path.js';
import type { ResourceTypeName } from './schema-definition.js';

/**
 * The attribute of each type that says who belongs to what: kept apart from the document and spliced into the text when a
 * resource is answered, since memberships change without the rest and may be many.
 */
export const membershipAttributes: Readonly<Record<ResourceTypeName, string>> = { User: 'groups', Group: 'members' };

/** Whether a path leads to them, or to a part of them. */
export function leadsToMemberships(type: ResourceTypeName, { extension, attribute }: ResolvedAttribute): boolean {
  return extension === undefined && attribute.name === membershipAttributes[type];
}
