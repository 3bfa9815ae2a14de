import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { AttributeDefinition, AttributeType } from '../schema/schema-definition.js';
import { comparableValue } from './comparable-value.js';
import type { ComparisonOperator, FilterLiteral } from './filter.js';

type SimpleType = Exclude<AttributeType, 'complex'>;

const equality: readonly ComparisonOperator[] = ['eq', 'ne'];
const order: readonly ComparisonOperator[] = ['gt', 'ge', 'lt', 'le'];
const substring: readonly ComparisonOperator[] = ['co', 'sw', 'ew'];

/** RFC 7644 table 3: boolean and binary values have no order, and only text has parts. */
const operatorsOf: Readonly<Record<SimpleType, readonly ComparisonOperator[]>> = {
  string: [...equality, ...order, ...substring],
  reference: [...equality, ...order, ...substring],
  dateTime: [...equality, ...order],
  integer: [...equality, ...order],
  decimal: [...equality, ...order],
  boolean: equality,
  binary: equality,
};

/**
 * The comparison as a tree whose `compare` leaves all mean "some value fulfils it", over leaves that `present` and
 * `compare` build: `eq null` becomes "has no value", and `ne` also takes what has no value, because what is unassigned is
 * not equal to the literal. So for a single value `a ne x` is `not (a eq x)`; a multi-valued attribute matches if any of
 * its values differs (RFC 7644 section 3.4.2.2).
 */
export function resolveComparison<Leaf>(
  attribute: AttributeDefinition,
  comparison: { readonly operator: ComparisonOperator; readonly literal: FilterLiteral; readonly name: string },
  present: Leaf,
  compare: (operator: ComparisonOperator, literal: FilterLiteral) => Leaf,
): Result<Leaf | Lowered<Leaf>, ScimError> {
  const { operator, literal, name } = comparison;
  const absent = { kind: 'not', filter: present } as const;
  if (literal === null) {
    if (operator === 'eq') return ok(absent);
    if (operator === 'ne') return ok(present);
    return err(scimError('unfilterable', { path: name, reason: `"${operator}" cannot compare with null` }));
  }
  if (attribute.type === 'complex' || !operatorsOf[attribute.type].includes(operator)) {
    const reason = `"${operator}" does not apply to a value of type ${attribute.type}`;
    return err(scimError('unfilterable', { path: name, reason }));
  }
  const comparable = comparableValue(attribute, ofType(attribute.type, literal));
  if (comparable === undefined) {
    const reason = `${JSON.stringify(literal)} is not a value of type ${attribute.type}`;
    return err(scimError('unfilterable', { path: name, reason }));
  }
  const leaf = compare(operator, comparable);
  return ok(operator === 'ne' ? { kind: 'or', left: absent, right: leaf } : leaf);
}

type Lowered<Leaf> =
  | { readonly kind: 'not'; readonly filter: Leaf }
  | { readonly kind: 'or'; readonly left: { readonly kind: 'not'; readonly filter: Leaf }; readonly right: Leaf };

/** Entra quotes booleans (`primary eq "True"`), and a literal without quotes may look like a number or a boolean. */
function ofType(type: SimpleType, literal: string | number | boolean): string | number | boolean {
  switch (type) {
    case 'boolean': {
      const folded = typeof literal === 'string' ? literal.toLowerCase() : literal;
      return folded === 'true' || folded === 'false' ? folded === 'true' : literal;
    }
    case 'integer':
    case 'decimal': {
      const number = typeof literal === 'string' && literal.trim() !== '' ? Number(literal) : Number.NaN;
      return Number.isFinite(number) ? number : literal;
    }
    case 'string':
    case 'reference':
    case 'binary':
    case 'dateTime':
      return String(literal);
  }
}
