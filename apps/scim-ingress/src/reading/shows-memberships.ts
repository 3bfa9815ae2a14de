import { type AttributeSelection, membershipAttributes, type ResourceTypeName } from '#scim-protocol';

/** Whether what was selected of a resource has a user's groups, or a group's members, in it. */
export function showsMemberships(type: ResourceTypeName, selection: AttributeSelection | undefined): boolean {
  return !selection || selection.wants(membershipAttributes[type]);
}
