import { type Result, err, ok } from '#kernel';
import {
  type AttributeDefinition,
  type ResolvedAttribute,
  type ResourceTypeName,
  type ScimError,
  scimError,
} from '#scim-protocol';
import { locateValues, scalarKind } from '../filter/locate-values.js';
import type { Dialect } from '../sql/dialect.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';
import type { DirectoryQuery } from './directory-reader.js';
import type { Keyset, SortKey } from './keyset.js';

/** The value resources are sorted by; undefined where the order is that of creation. */
export type SortValue = SqlText | undefined;

/**
 * Characters of a text by which resources are sorted; where these are equal the order is that of creation. A place in a list
 * is told by what is sorted by, and has to fit into the address of a request: a cursor of 40,000 characters does not.
 */
export const sortedCharacters = 512;

/** RFC 7644 section 3.4.2.3: of several values the primary one counts, else the first. */
export function sortValueOf(
  dialect: Dialect,
  type: ResourceTypeName,
  sort: DirectoryQuery['sort'],
): Result<SortValue, ScimError> {
  if (!sort) return ok(undefined);
  const { attribute } = sort.attribute;
  const source = locateValues(dialect, type, sort.attribute);
  const part = sortedPart(sort.attribute);
  const value = attribute.type === 'complex' && !part ? undefined : source.scope.part(part);
  if (!value) {
    return err(scimError('invalidValue', { reason: `Resources cannot be sorted by ${attribute.name}` }));
  }
  const sorted =
    scalarKind(part ?? attribute) === 'text'
      ? dialect.text(sql`substr(${value}, 1, ${literal(String(sortedCharacters))})`)
      : value;
  if (source.kind === 'single') return ok(sorted);
  return ok(sql`(SELECT ${sorted} FROM ${source.from} WHERE ${source.where} ORDER BY ${source.order} LIMIT 1)`);
}

/** Whether resources sorted by the attribute can have this as what they are sorted by, null being none. */
export function isSortValue(sorted: ResolvedAttribute, value: unknown): value is SortKey | null {
  if (value === null) return true;
  switch (scalarKind(sortedPart(sorted) ?? sorted.attribute)) {
    case 'text':
      return typeof value === 'string' && isStorable(value) && [...value].length <= sortedCharacters;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return value === 0 || value === 1;
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Of a complex attribute its `value`. */
function sortedPart({ attribute, subAttribute }: ResolvedAttribute): AttributeDefinition | undefined {
  return subAttribute ?? attribute.subAttributes?.find(({ name }) => name === 'value');
}

export interface SortOrder {
  readonly sortValue: SortValue;
  readonly descending: boolean;
  /** Whether the matching resources are so few that sorting them is cheaper than finding them in order. */
  readonly selective: boolean;
}

/** @param backwards to read towards the beginning of the list. */
export function orderBy({ sortValue, descending, selective }: SortOrder, backwards: boolean): SqlText {
  const direction = (reversed: boolean) => (reversed === backwards ? literal('ASC') : literal('DESC'));
  // As an expression the column is of no use for an index that is already in this order.
  const seq = sql`${literal(selective ? '(r.seq + 0)' : 'r.seq')} ${direction(false)}`;
  if (!sortValue) return seq;
  const nulls = sql`(${sortValue} IS NULL) ${direction(descending)}`;
  return sql`${nulls}, ${sortValue} ${direction(descending)}, ${seq}`;
}

/** The resources beyond a place in that order, in the place's direction. */
export function beyond(sortValue: SortValue, descending: boolean, place: Keyset): SqlText {
  const forwards = place.direction === 'after';
  const nextSeq = sql`r.seq ${literal(forwards ? '>' : '<')} CAST(${place.seq} AS BIGINT)`;
  if (!sortValue) return nextSeq;
  const upwards = forwards !== descending;
  const known = place.sortValue ?? null;
  if (known === null) {
    const sameValue = sql`(${sortValue} IS NULL AND ${nextSeq})`;
    // Resources without a value stand above all others: going up nothing follows them, going down everything does.
    return upwards ? sameValue : sql`(${sameValue} OR ${sortValue} IS NOT NULL)`;
  }
  const value = sql`${known}`;
  const sameValue = sql`(${sortValue} = ${value} AND ${nextSeq})`;
  return upwards
    ? sql`(${sortValue} > ${value} OR ${sameValue} OR ${sortValue} IS NULL)`
    : sql`(${sortValue} < ${value} OR ${sameValue})`;
}
