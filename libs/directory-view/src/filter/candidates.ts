import type { TenantId } from '#kernel';
import {
  type FilterLiteral,
  type ResolvedAttribute,
  type ResolvedFilter,
  type ResolvedValueFilter,
  type ResourceTypeName,
  membershipAttributes,
} from '#scim-protocol';
import { indexKey, keyColumn } from '../search/lookup-keys.js';
import { type SqlText, sql } from '../sql/sql-text.js';

/**
 * The ids of the few resources that can have a `value` equal to the literal, found by index; undefined where there is no
 * index for the attribute. Put before the exact condition it keeps the store from trying that on every resource.
 */
export function candidates(
  tenant: TenantId,
  type: ResourceTypeName,
  { extension, attribute }: ResolvedAttribute,
  literal: FilterLiteral,
): SqlText | undefined {
  if (extension !== undefined) return undefined;
  if (attribute.name === membershipAttributes[type]) {
    return type === 'User'
      ? sql`SELECT c.member_id FROM membership AS c WHERE c.tenant_id = ${tenant} AND c.group_id = ${literalKey(literal)}`
      : sql`SELECT c.group_id FROM membership AS c WHERE c.tenant_id = ${tenant} AND c.member_id = ${literalKey(literal)}`;
  }
  if (type !== 'User' || attribute.name !== 'emails') return undefined;
  return sql`SELECT c.user_id FROM user_email AS c WHERE c.tenant_id = ${tenant} AND c.value_key = ${indexKey(literalKey(literal))}`;
}

/** The literal that `value` of the leaf's attribute must equal for the filter to hold, where it demands one. */
export function demandedValue(filter: ResolvedFilter): FilterLiteral | undefined {
  if (filter.kind === 'values') return demandedWithin(filter.filter);
  const demands = filter.kind === 'compare' && filter.operator === 'eq' && filter.target.subAttribute?.name === 'value';
  return demands ? filter.literal : undefined;
}

function demandedWithin(filter: ResolvedValueFilter): FilterLiteral | undefined {
  if (filter.kind === 'and') return demandedWithin(filter.left) ?? demandedWithin(filter.right);
  const demands = filter.kind === 'compare' && filter.operator === 'eq' && filter.subAttribute.name === 'value';
  return demands ? filter.literal : undefined;
}

/**
 * Whether every resource that fulfils the filter is among the candidates of one of its leaves, or has one of several
 * values of one key. A single value needs no saying: the key's index has the list's order too.
 */
export function hasCandidates(tenant: TenantId, type: ResourceTypeName, filter: ResolvedFilter): boolean {
  if (filter.kind === 'and')
    return hasCandidates(tenant, type, filter.left) || hasCandidates(tenant, type, filter.right);
  if (filter.kind === 'or') return soughtKey(filter) !== undefined;
  if (filter.kind !== 'values' && filter.kind !== 'compare') return false;
  const demanded = demandedValue(filter);
  return demanded !== undefined && candidates(tenant, type, filter.target, demanded) !== undefined;
}

/** Whether an index other than the list's own finds all that fulfils the filter. */
export function goesByKey(tenant: TenantId, type: ResourceTypeName, filter: ResolvedFilter): boolean {
  if (filter.kind === 'and') return goesByKey(tenant, type, filter.left) || goesByKey(tenant, type, filter.right);
  return soughtKey(filter) !== undefined || hasCandidates(tenant, type, filter);
}

/** The column with an index of its own that the filter wants one of some values in; undefined where it is not one. */
function soughtKey(filter: ResolvedFilter): string | undefined {
  if (filter.kind === 'or') {
    const key = soughtKey(filter.left);
    return key !== undefined && key === soughtKey(filter.right) ? key : undefined;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  const { schema, attribute } = filter.target;
  return schema === undefined && attribute.name === 'id' ? 'id' : keyColumn(filter.target);
}

function literalKey(literal: FilterLiteral): string {
  return String(literal);
}
