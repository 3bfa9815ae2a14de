import { type JsonObject, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { AttributeParameters } from '../representation/attribute-selection.js';
import { readInteger, readNames, readText, readWord } from './query-parameter.js';

export interface PageLimits {
  /** Resources in a page where the client names no `count`. */
  readonly defaultPageSize: number;
  /** Resources in the largest page. */
  readonly maxPageSize: number;
}

export type Page =
  | { readonly method: 'index'; readonly startIndex: number; readonly count: number }
  /** An empty cursor asks for the first page. */
  | { readonly method: 'cursor'; readonly cursor: string; readonly count: number }
  /** The first page, asked for by a client that has not said how it will go on: it gets what either method needs. */
  | { readonly method: 'unstated'; readonly count: number };

/** What a list request asks for (RFC 7644 sections 3.4.2 and 3.4.3, RFC 9865 section 2); nothing is looked up yet. */
export interface ListQuery extends AttributeParameters {
  readonly filter: string | undefined;
  readonly sortBy: string | undefined;
  readonly sortOrder: 'ascending' | 'descending';
  readonly page: Page;
}

const parameterNames = [
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
] as const;
type ParameterName = (typeof parameterNames)[number];
type Parameters = ReadonlyMap<ParameterName, unknown>;

const canonicalNames = new Map(parameterNames.map((name) => [name.toLowerCase(), name]));

/**
 * Reads the query parameters of a GET, or the body of a `/.search`. Names count in any case, unknown ones do not count.
 * A parameter that is given more than once is refused: which one is meant would be a guess.
 *
 * @param source query parameters as text, lists of text where repeated; or a parsed body
 */
export function readListQuery(source: unknown, limits: PageLimits): Result<ListQuery, ScimError> {
  if (!isJsonObject(source)) return err(scimError('bodyNotObject'));
  const parameters = knownParameters(source);
  const filter = readText('filter', parameters.get('filter'));
  if (!filter.ok) return filter;
  const sortBy = readText('sortBy', parameters.get('sortBy'));
  if (!sortBy.ok) return sortBy;
  const sortOrder = readWord('sortOrder', parameters.get('sortOrder'), ['ascending', 'descending']);
  if (!sortOrder.ok) return sortOrder;
  const attributes = attributeNames(parameters);
  if (!attributes.ok) return attributes;
  const page = readPage(parameters, limits);
  if (!page.ok) return page;
  return ok({
    filter: filter.value,
    sortBy: sortBy.value,
    sortOrder: sortOrder.value ?? 'ascending',
    page: page.value,
    ...attributes.value,
  });
}

/** Reads `attributes` and `excludedAttributes` of a request about one resource; other parameters do not count. */
export function readAttributeNames(query: JsonObject): Result<AttributeParameters, ScimError> {
  return attributeNames(knownParameters(query));
}

function attributeNames(parameters: Parameters): Result<AttributeParameters, ScimError> {
  const attributes = readNames('attributes', parameters.get('attributes'));
  if (!attributes.ok) return attributes;
  const excludedAttributes = readNames('excludedAttributes', parameters.get('excludedAttributes'));
  if (!excludedAttributes.ok) return excludedAttributes;
  return ok({ attributes: attributes.value, excludedAttributes: excludedAttributes.value });
}

/** What is given under one name in several cases becomes a list, as what is repeated in one case is already. */
function knownParameters(source: JsonObject): Parameters {
  const known = new Map<ParameterName, unknown>();
  for (const name of Object.keys(source)) {
    const canonical = canonicalNames.get(name.toLowerCase());
    if (canonical === undefined) continue;
    const value = source[name];
    known.set(canonical, known.has(canonical) ? [known.get(canonical), value].flat() : value);
  }
  return known;
}

function readPage(parameters: Parameters, limits: PageLimits): Result<Page, ScimError> {
  const startIndex = readInteger('startIndex', parameters.get('startIndex'));
  if (!startIndex.ok) return startIndex;
  const count = readInteger('count', parameters.get('count'));
  if (!count.ok) return count;
  const cursor = readText('cursor', parameters.get('cursor'));
  if (!cursor.ok) return cursor;
  const asked = count.value ?? limits.defaultPageSize;
  if (cursor.value === undefined) {
    const size = Math.min(Math.max(asked, 0), limits.maxPageSize);
    if (startIndex.value === undefined) return ok({ method: 'unstated', count: size });
    return ok({ method: 'index', startIndex: Math.max(startIndex.value, 1), count: size });
  }
  if (startIndex.value !== undefined) {
    return err(scimError('invalidValue', { reason: 'startIndex and cursor cannot be used together' }));
  }
  if (asked < 1 || asked > limits.maxPageSize) return err(scimError('invalidCount', { limit: limits.maxPageSize }));
  return ok({ method: 'cursor', cursor: cursor.value, count: asked });
}
