import type { ResolvedAttribute } from './attribute-path.js';
import type { AttributeDefinition } from './schema-definition.js';

/**
 * Whether no answer may give the attribute's values away: not by showing them, not by what a filter finds, not by the order
 * of a list, not by what an error repeats of a request.
 */
export function isHidden({ returned, mutability }: AttributeDefinition): boolean {
  return returned === 'never' || mutability === 'writeOnly';
}

/** Whether a path leads to what is hidden. */
export function leadsToHidden({ attribute, subAttribute }: ResolvedAttribute): boolean {
  return isHidden(attribute) || (subAttribute !== undefined && isHidden(subAttribute));
}

/** Whether a value of the attribute may have something in it that is hidden. */
export function hasHidden(attribute: AttributeDefinition): boolean {
  return isHidden(attribute) || (attribute.subAttributes?.some(isHidden) ?? false);
}
