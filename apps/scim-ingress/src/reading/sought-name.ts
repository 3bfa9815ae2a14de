import type { ResolvedFilter, ResourceTypeName } from '#scim-protocol';

const names: Readonly<Record<ResourceTypeName, string>> = { User: 'userName', Group: 'displayName' };

/** The name that a filter asks for, which one resource bears at most; undefined where it asks for anything else. */
export function soughtName(type: ResourceTypeName, filter: ResolvedFilter | undefined): string | undefined {
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  const { extension, attribute } = filter.target;
  if (extension !== undefined || attribute.name !== names[type]) return undefined;
  return typeof filter.literal === 'string' ? filter.literal : undefined;
}
