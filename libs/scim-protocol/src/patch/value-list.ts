import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { valueIdentity } from '../representation/value-identity.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';

/** The values of a multi-valued attribute, and which of them the operation at hand wrote. */
export interface ChangedValues {
  readonly values: readonly JsonValue[];
  readonly written: ReadonlySet<JsonValue>;
}

/**
 * Adds values to a list. A value that is there already, which is one of the same `type` and `value`, takes on what was
 * sent and is not added again (RFC 7644 section 3.5.2.1).
 */
export function addValues(
  attribute: AttributeDefinition,
  current: readonly JsonValue[],
  added: readonly JsonValue[],
): ChangedValues {
  const values = [...current];
  const places = new Map(values.map((value, place) => [valueIdentity(attribute, value), place]));
  const written = new Set<JsonValue>();
  for (const value of added) {
    const key = valueIdentity(attribute, value);
    const place = places.get(key) ?? values.length;
    const present = values[place];
    const next = isJsonObject(present) && isJsonObject(value) ? { ...present, ...value } : value;
    if (present !== undefined) written.delete(present);
    values[place] = next;
    places.set(key, place);
    written.add(next);
  }
  return { values, written };
}

/** Removes the values that are listed; an item without a `type` means every value with its `value`. */
export function removeValues(
  attribute: AttributeDefinition,
  current: readonly JsonValue[],
  listed: readonly JsonValue[],
): readonly JsonValue[] {
  const keys = new Set(listed.map((item) => valueIdentity(attribute, item)));
  return current.filter((value) => {
    if (keys.has(valueIdentity(attribute, value))) return false;
    return (
      !isJsonObject(value) || value.value === undefined || !keys.has(valueIdentity(attribute, { value: value.value }))
    );
  });
}

/**
 * Sees to it that at most one value is primary: where an operation wrote one, all others are primary no longer (RFC 7644
 * section 3.5.2).
 */
export function settlePrimary(
  { values, written }: ChangedValues,
  path: string,
): Result<readonly JsonValue[], ScimError> {
  const primaries = values.filter((value) => isPrimary(value) && written.has(value));
  if (primaries.length > 1) return err(scimError('severalPrimary', { path }));
  const [primary] = primaries;
  if (primary === undefined) return ok(values);
  return ok(values.map((value) => (isPrimary(value) && value !== primary ? { ...value, primary: false } : value)));
}

function isPrimary(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && value.primary === true;
}
