import type { AttributeSelection, ResourceTypeName } from '#scim-protocol';

/** The attribute by which a resource of the type shows memberships. */
export const membershipsOf: Readonly<Record<ResourceTypeName, string>> = { User: 'groups', Group: 'members' };

/** Whether what was selected of a resource has a user's groups, or a group's members, in it. */
export function showsMemberships(type: ResourceTypeName, selection: AttributeSelection | undefined): boolean {
  return !selection || selection.wants(membershipsOf[type]);
}
