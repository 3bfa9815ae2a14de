import type { TenantId } from '#kernel';
import type { DirectoryQuery } from '#directory-view';
import {
  type AttributeSelection,
  leadsToMemberships,
  type ResolvedAttribute,
  type ResolvedFilter,
  type ResourceTypeName,
} from '#scim-protocol';
import type { ReadScope } from './read-your-writes.js';
import { showsMemberships } from './shows-memberships.js';

export type ListScope = Extract<ReadScope, { of: 'list' }>;

/** What a list is made of. @param selection what of its resources is shown */
export function listScope(
  tenant: TenantId,
  type: ResourceTypeName,
  selection: AttributeSelection | undefined,
  { filter, sort }: Pick<DirectoryQuery, 'filter' | 'sort'>,
): ListScope {
  const isMemberships = (target: ResolvedAttribute) => leadsToMemberships(type, target);
  const withMemberships =
    showsMemberships(type, selection) ||
    (filter !== undefined && asksFor(filter, isMemberships)) ||
    (sort !== undefined && isMemberships(sort.attribute));
  return { of: 'list', tenant, type, withMemberships };
}

function asksFor(filter: ResolvedFilter, isSought: (target: ResolvedAttribute) => boolean): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return asksFor(filter.left, isSought) || asksFor(filter.right, isSought);
    case 'not':
      return asksFor(filter.filter, isSought);
    case 'present':
    case 'compare':
    case 'values':
      return isSought(filter.target);
  }
}
