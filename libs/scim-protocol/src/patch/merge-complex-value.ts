import { type JsonObject, type JsonValue, type Result, isJsonObject, ok } from '#kernel';
import type { ScimError } from '../errors/scim-error.js';
import { checkImmutableParts } from '../representation/check-immutable.js';
import { wrongType } from '../representation/simple-value.js';
import { isUnassigned, isValueAlone, readAttributeValue } from '../representation/attribute-value.js';
import { hasHidden } from '../schema/hidden-attribute.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';

/** Sub-attributes that only describe a value: when all else was unassigned they are about nothing. */
const descriptive: ReadonlySet<string> = new Set(['type', 'primary', 'display', 'displayName', '$ref']);

/**
 * One value of a complex attribute after the sub-attributes in `sent` were set; those that are not named stay (RFC 7644
 * sections 3.5.2.1 and 3.5.2.3), null and "" unassign. Takes the `value` alone in place of an object, and a list of one.
 * Unknown and read-only sub-attributes are left out.
 *
 * @returns undefined where nothing that matters is left: `{"type": "work"}` after its `value` was unassigned.
 */
export function mergeComplexValue(
  attribute: AttributeDefinition,
  current: JsonObject | undefined,
  sent: JsonValue,
  path: string,
): Result<JsonObject | undefined, ScimError> {
  const only = Array.isArray(sent) && sent.length === 1 ? (sent[0] as JsonValue) : sent;
  if (isUnassigned(only)) return ok(undefined);
  if (!isJsonObject(only)) {
    if (!isValueAlone(attribute, only)) return wrongType(path, 'an object', only, hasHidden(attribute));
    return mergeComplexValue(attribute, current, { value: only }, path);
  }
  const merged: JsonObject = { ...current };
  let cleared = false;
  for (const [name, part] of Object.entries(only)) {
    const sub = subAttributeNamed(attribute, name);
    if (!sub || sub.mutability === 'readOnly') continue;
    const read = readAttributeValue(sub, part, `${path}.${sub.name}`);
    if (!read.ok) return read;
    if (read.value === undefined) {
      cleared = true;
      delete merged[sub.name];
    } else {
      merged[sub.name] = read.value;
    }
  }
  const kept = checkImmutableParts(attribute, current ?? {}, merged, path);
  if (!kept.ok) return kept;
  if (!attribute.multiValued) dropDescriptionOf(current, merged, only);
  const names = Object.keys(merged);
  const isOver = names.length === 0 || (cleared && names.every((name) => descriptive.has(name)));
  return ok(isOver ? undefined : merged);
}

/** Another manager is not the person whose address and name are known: they go unless they were sent along. */
function dropDescriptionOf(current: JsonObject | undefined, merged: JsonObject, sent: JsonObject): void {
  if (current?.value === undefined || current.value === merged.value) return;
  const sentNames = new Set(Object.keys(sent).map((name) => name.toLowerCase()));
  for (const name of descriptive) {
    if (!sentNames.has(name.toLowerCase())) delete merged[name];
  }
}
