import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { leadsToMemberships, membershipAttributes } from '../schema/membership-attributes.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { conditionsIn } from './conditions-in.js';
import type { ResolvedFilter } from './filter.js';

/** Conditions in one filter that every resource of a tenant may have to be held against. */
export const mostConditions = 20;

/** Those of them on a user's groups: each is held against every membership, which costs far more than others do. */
const mostGroupConditions = 3;

/**
 * Bounds what a filter costs: the resources of a tenant times its conditions. One that asks for values of a unique
 * attribute costs what they are, because each is found by index, so it may have as many as can be parsed.
 *
 * @returns `invalidFilter`, a "comparison combination" that is not supported, and not `tooMany`, which is about results
 *   (RFC 7644 table 9).
 */
export function checkConditions(filter: ResolvedFilter): Result<ResolvedFilter, ScimError> {
  if (soughtUniqueAttribute(filter)) return ok(filter);
  if (groupConditionsIn(filter) > mostGroupConditions) {
    const reason = `it has more than ${mostGroupConditions} comparisons with ${membershipAttributes.User}`;
    return err(scimError('invalidFilter', { reason }));
  }
  if (conditionsIn(filter) <= mostConditions) return ok(filter);
  const reason = `it has more than ${mostConditions} comparisons, which only "eq" with one unique attribute, joined by "or", may have`;
  return err(scimError('invalidFilter', { reason }));
}

function groupConditionsIn(filter: ResolvedFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return groupConditionsIn(filter.left) + groupConditionsIn(filter.right);
    case 'not':
      return groupConditionsIn(filter.filter);
    case 'present':
    case 'compare':
    case 'values':
      return leadsToMemberships('User', filter.target) ? conditionsIn(filter) : 0;
  }
}

/** The attribute of which the filter wants one of some values, where no two resources have the same. */
function soughtUniqueAttribute(filter: ResolvedFilter): AttributeDefinition | undefined {
  if (filter.kind === 'or') {
    const attribute = soughtUniqueAttribute(filter.left);
    return attribute === soughtUniqueAttribute(filter.right) ? attribute : undefined;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  return filter.target.attribute.uniqueness === 'none' ? undefined : filter.target.attribute;
}
