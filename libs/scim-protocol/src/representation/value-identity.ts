import { type JsonObject, type JsonValue, canonicalJson, isJsonObject } from '#kernel';
import { type Comparable, comparableValue } from '../filter/comparable-value.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';

/**
 * Equal for values that are the same value of a multi-valued attribute: those of one `type` and `value` (RFC 7644 section
 * 3.5.2.1). No stored text holds the NUL that separates the parts.
 */
export function valueIdentity(attribute: AttributeDefinition, value: JsonValue): string {
  if (!isJsonObject(value)) return String(comparableValue(attribute, value));
  if (value.value === undefined) return canonicalJson(value);
  return `${comparablePart(attribute, value, 'type')}\0${comparablePart(attribute, value, 'value')}`;
}

function comparablePart(attribute: AttributeDefinition, value: JsonObject, name: string): Comparable {
  const sub = subAttributeNamed(attribute, name);
  const part = value[name];
  return (sub && part !== undefined ? comparableValue(sub, part) : undefined) ?? '';
}
