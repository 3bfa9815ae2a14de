import { createHash } from 'node:crypto';
import { type JsonValue, type Result, canonicalJson, err, isJsonObject, ok } from '#kernel';
import { type ResolvedAttribute, type ScimError, scimError } from '#scim-protocol';
import type { Keyset, SortKey } from './keyset.js';
import { isSortValue } from './sort-order.js';

/** The query a cursor belongs to, as the client wrote it: its cursors lead nowhere in another one. */
export interface CursorScope {
  readonly tenant: string;
  readonly type: string;
  readonly filter?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly descending?: boolean | undefined;
}

/** Longest cursor that is read, characters; the longest that is written holds the `sortedCharacters` of a text. */
const longestCursor = 8_192;
/** Positions are 64-bit integers wherever they are stored. */
const lastPosition = 2n ** 63n - 1n;

/** An opaque cursor (RFC 9865 section 2). It never expires: it names a place between rows, not a stored result. */
export function encodeCursor(scope: CursorScope, { direction, seq, sortValue }: Keyset): string {
  const place: Place = sortValue === undefined ? [direction, seq] : [direction, seq, sortValue];
  return Buffer.from(JSON.stringify({ place, seal: sealOf(scope, place) })).toString('base64url');
}

/**
 * @param sorted the attribute that the query sorts by, if any.
 * @returns `invalidCursor` for a cursor of another query and for anything that `encodeCursor` did not write for a place in
 *   such a list: a store takes no other value for a place.
 */
export function decodeCursor(
  scope: CursorScope,
  cursor: string,
  sorted?: ResolvedAttribute,
): Result<Keyset, ScimError> {
  const { place, seal } = readToken(cursor);
  if (!isPlace(place, sorted) || seal !== sealOf(scope, place)) return err(scimError('invalidCursor'));
  const [direction, seq, sortValue] = place;
  return ok({ direction, seq, ...(sortValue !== undefined && { sortValue }) });
}

type Place = [direction: Keyset['direction'], seq: string, sortValue?: SortKey | null];

function isPlace(value: JsonValue | undefined, sorted: ResolvedAttribute | undefined): value is JsonValue & Place {
  if (!Array.isArray(value) || value.length !== (sorted ? 3 : 2)) return false;
  const [direction, seq, sortValue = null] = value;
  const isDirection = direction === 'after' || direction === 'before';
  const isPosition = typeof seq === 'string' && /^\d{1,19}$/.test(seq) && BigInt(seq) <= lastPosition;
  return isDirection && isPosition && (!sorted || isSortValue(sorted, sortValue));
}

/**
 * Ties a place to its query and shows tampering. Not keyed: all a forger could reach is another place in a list that the
 * same credential may read from its beginning.
 */
function sealOf({ tenant, type, filter, sortBy, descending }: CursorScope, place: Place): string {
  const sealed = canonicalJson([
    tenant,
    type,
    filter ?? null,
    sortBy ?? null,
    descending ?? false,
    place as JsonValue[],
  ]);
  return createHash('sha256').update(sealed).digest('base64url').slice(0, 22);
}

function readToken(cursor: string): { place?: JsonValue; seal?: JsonValue } {
  if (cursor.length > longestCursor) return {};
  try {
    const token: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return isJsonObject(token) ? token : {};
  } catch {
    return {};
  }
}
