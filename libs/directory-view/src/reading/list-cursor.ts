import { createHash } from 'node:crypto';
import { type JsonValue, type Result, canonicalJson, err, isJsonObject, ok } from '#kernel';
import { type Comparable, type ScimError, scimError } from '#scim-protocol';
import type { Keyset } from './keyset.js';

/** The query a cursor belongs to, as the client wrote it: its cursors lead nowhere in another one. */
export interface CursorScope {
  readonly tenant: string;
  readonly type: string;
  readonly filter?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly descending?: boolean | undefined;
}

/** Longest cursor that is read, characters; the longest that is written holds one sort value. */
const longestCursor = 32_768;

/** An opaque cursor (RFC 9865 section 2). It never expires: it names a place between rows, not a stored result. */
export function encodeCursor(scope: CursorScope, { direction, seq, sortValue }: Keyset): string {
  const place: Place = sortValue === undefined ? [direction, seq] : [direction, seq, sortValue];
  return Buffer.from(JSON.stringify({ place, seal: sealOf(scope, place) })).toString('base64url');
}

/** @returns `invalidCursor` for a cursor of another query and for anything that `encodeCursor` did not write. */
export function decodeCursor(scope: CursorScope, cursor: string): Result<Keyset, ScimError> {
  const { place, seal } = readToken(cursor);
  if (!isPlace(place) || seal !== sealOf(scope, place)) return err(scimError('invalidCursor'));
  const [direction, seq, sortValue] = place;
  return ok({ direction, seq, ...(sortValue !== undefined && { sortValue }) });
}

type Place = [direction: Keyset['direction'], seq: string, sortValue?: Comparable | null];

function isPlace(value: JsonValue | undefined): value is JsonValue & Place {
  if (!Array.isArray(value) || value.length > 3) return false;
  const [direction, seq, sortValue = null] = value;
  const isDirection = direction === 'after' || direction === 'before';
  return isDirection && typeof seq === 'string' && /^\d{1,19}$/.test(seq) && typeof (sortValue ?? 0) !== 'object';
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
