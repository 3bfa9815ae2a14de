import { type Result, type TenantId, err, ok } from '#kernel';
import {
  type AttributeDefinition,
  type FilterLiteral,
  type ResolvedAttribute,
  type ResolvedFilter,
  type ResolvedValueFilter,
  type ResourceTypeName,
  type ScimError,
  scimError,
} from '#scim-protocol';
import type { Dialect } from '../sql/dialect.js';
import { type SqlText, sql } from '../sql/sql-text.js';
import { keyColumn } from '../search/lookup-keys.js';
import { candidates, demandedValue } from './candidates.js';
import { compareWith } from './compare-with.js';
import { locateValues } from './locate-values.js';
import { connect, operandsOf } from './operands.js';
import type { ValueScope, ValueSource } from './value-source.js';

/** What a filter is asked of. */
export interface FilterScope {
  readonly dialect: Dialect;
  readonly tenant: TenantId;
  readonly type: ResourceTypeName;
}

/**
 * The condition on the resource row `r` that holds exactly where `matchesFilter` does. Values become parameters; names
 * come from the schema and never from the client.
 *
 * A condition may be unknown instead of false, which WHERE, AND and OR do not tell apart; NOT does, and is written so
 * that it takes unknown for false. Comparisons of columns stay bare this way and can use their indexes.
 *
 * @returns `invalidFilter` where the filter asks for something the view does not keep.
 */
export function compileFilter(scope: FilterScope, filter: ResolvedFilter): Result<SqlText, ScimError> {
  try {
    return ok(compile(scope, filter));
  } catch (error) {
    if (error instanceof Refused) return err(error.refusal);
    throw error;
  }
}

/** Leaves the recursion at the first part that cannot be compiled; never leaves this file. */
class Refused extends Error {
  constructor(readonly refusal: ScimError) {
    super(refusal.detail);
  }
}

function compile(scope: FilterScope, filter: ResolvedFilter): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return connect(
        filter.kind,
        operandsOf(filter).map((operand) => compile(scope, operand)),
      );
    case 'not':
      return sql`((${compile(scope, filter.filter)}) IS NOT TRUE)`;
    case 'present':
      return compilePresent(scope, filter.target);
    case 'compare': {
      const { target, operator, literal } = filter;
      const source = locateValues(scope.dialect, scope.type, target);
      const key = operator === 'eq' && typeof literal === 'string' ? keyColumn(target) : undefined;
      if (key !== undefined) return scope.dialect.equalsText(`r.${key}`, String(literal));
      const value = partOf(source.scope, target.attribute, target.subAttribute);
      const condition = someValue(source, compareWith(scope.dialect, operator, literal, value));
      return narrowed(scope, target, demandedValue(filter), condition);
    }
    case 'values': {
      const { target } = filter;
      const source = locateValues(scope.dialect, scope.type, target);
      const inner = compileWithin(scope, target.attribute, source.scope, filter.filter);
      const condition = source.kind === 'list' ? someValue(source, inner) : sql`(${source.exists} AND ${inner})`;
      return narrowed(scope, target, demandedValue(filter), condition);
    }
  }
}

function compileWithin(
  scope: FilterScope,
  attribute: AttributeDefinition,
  value: ValueScope,
  filter: ResolvedValueFilter,
): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return connect(
        filter.kind,
        operandsOf(filter).map((operand) => compileWithin(scope, attribute, value, operand)),
      );
    case 'not':
      return sql`((${compileWithin(scope, attribute, value, filter.filter)}) IS NOT TRUE)`;
    case 'present':
      return assigned(filter.subAttribute, partOf(value, attribute, filter.subAttribute));
    case 'compare': {
      const { subAttribute, operator, literal } = filter;
      return compareWith(scope.dialect, operator, literal, partOf(value, attribute, subAttribute));
    }
  }
}

function compilePresent({ dialect, type }: FilterScope, target: ResolvedAttribute): SqlText {
  const { attribute, subAttribute } = target;
  const source = locateValues(dialect, type, target);
  if (subAttribute || attribute.type !== 'complex') {
    const value = partOf(source.scope, attribute, subAttribute);
    return someValue(source, assigned(subAttribute ?? attribute, value));
  }
  // A complex value is there if any part of it is.
  const parts = (attribute.subAttributes ?? []).flatMap((part) => {
    const value = source.scope.part(part);
    return value ? [assigned(part, value)] : [];
  });
  return someValue(source, connect('or', [sql`FALSE`, ...parts]));
}

function narrowed(
  { tenant, type }: FilterScope,
  target: ResolvedAttribute,
  demanded: FilterLiteral | undefined,
  condition: SqlText,
): SqlText {
  const ids = demanded === undefined ? undefined : candidates(tenant, type, target, demanded);
  return ids ? sql`(r.id IN (${ids}) AND ${condition})` : condition;
}

function someValue(source: ValueSource, condition: SqlText): SqlText {
  if (source.kind === 'single') return condition;
  return sql`EXISTS (SELECT 1 FROM ${source.from} WHERE ${source.where} AND ${condition})`;
}

function partOf(scope: ValueScope, attribute: AttributeDefinition, part: AttributeDefinition | undefined): SqlText {
  const value = scope.part(part);
  if (value) return value;
  const path = part ? `${attribute.name}.${part.name}` : attribute.name;
  throw new Refused(scimError('unfilterable', { path, reason: 'it is not kept for searching' }));
}

/** RFC 7644 table 3 `pr` of a simple value: neither missing nor an empty text. */
function assigned({ type }: AttributeDefinition, value: SqlText): SqlText {
  const holdsText = type === 'string' || type === 'reference' || type === 'binary';
  return holdsText ? sql`(${value} <> '')` : sql`(${value} IS NOT NULL)`;
}
