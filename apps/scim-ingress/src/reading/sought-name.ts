import { nameAttributes, type ResolvedFilter, type ResourceTypeName } from '#scim-protocol';

/** The name that a filter asks for, which one resource bears at most; undefined where it asks for anything else. */
export function soughtName(type: ResourceTypeName, filter: ResolvedFilter | undefined): string | undefined {
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  const { extension, attribute } = filter.target;
  if (extension !== undefined || attribute.name !== nameAttributes[type]) return undefined;
  return typeof filter.literal === 'string' ? filter.literal : undefined;
}
