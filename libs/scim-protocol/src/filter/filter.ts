import type { AttributePath, ResolvedAttribute } from '../schema/attribute-path.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';

/** Operators of RFC 7644 table 3 that compare with a literal. */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

export type FilterLiteral = string | number | boolean | null;

/** A filter as parsed (RFC 7644 figure 1), attribute names not yet looked up. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly operator: ComparisonOperator;
      readonly literal: FilterLiteral;
    }
  /** `attribute[filter]`: one and the same value of a multi-valued attribute fulfils the inner filter. */
  | { readonly kind: 'values'; readonly path: AttributePath; readonly filter: Filter };

/**
 * A filter that is known to make sense for a resource type. Paths end at simple attributes: `emails eq` has become
 * `emails.value eq`. Literals are in comparable form (`comparableValue`), fit the attribute's type and are never null.
 *
 * A `compare` holds if some value of the attribute fulfils it, whatever the operator, and never where there is no value:
 * `a ne x` has become `not (a pr) or a ne x`, `a eq null` has become `not (a pr)`. `matchesFilter` is the reference.
 */
export type ResolvedFilter =
  | { readonly kind: 'and' | 'or'; readonly left: ResolvedFilter; readonly right: ResolvedFilter }
  | { readonly kind: 'not'; readonly filter: ResolvedFilter }
  /** Has a value: for a complex attribute without a sub-attribute, any value at all. */
  | { readonly kind: 'present'; readonly target: ResolvedAttribute }
  | {
      readonly kind: 'compare';
      readonly target: ResolvedAttribute;
      readonly operator: ComparisonOperator;
      readonly literal: FilterLiteral;
    }
  | { readonly kind: 'values'; readonly target: ResolvedAttribute; readonly filter: ResolvedValueFilter };

/** The inner filter of `attribute[...]`, about sub-attributes of one value. */
export type ResolvedValueFilter =
  | { readonly kind: 'and' | 'or'; readonly left: ResolvedValueFilter; readonly right: ResolvedValueFilter }
  | { readonly kind: 'not'; readonly filter: ResolvedValueFilter }
  | { readonly kind: 'present'; readonly subAttribute: AttributeDefinition }
  | {
      readonly kind: 'compare';
      readonly subAttribute: AttributeDefinition;
      readonly operator: ComparisonOperator;
      readonly literal: FilterLiteral;
    };
