import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { hasHidden } from '../schema/hidden-attribute.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';
import { readSimpleValue, wrongType } from './simple-value.js';

type Read = Result<JsonValue | undefined, ScimError>;

const unassigned = ok(undefined);

/**
 * A value a client sent for an attribute or sub-attribute, in the canonical form of `ResourceDocument`, or undefined
 * where it says that there is none: null, an empty list or object, empty text (RFC 7643 section 2.5). Accepts what
 * clients send in place of a complex value: its `value` alone, and for a single one a list of one; and in a list of simple
 * values an object with the `value`. Unknown and read-only sub-attributes are left out; whether the attribute itself may be
 * written is for the caller to ask.
 *
 * @param path names the attribute in an error
 */
export function readAttributeValue(attribute: AttributeDefinition, value: unknown, path: string): Read {
  if (isUnassigned(value)) return unassigned;
  if (attribute.multiValued) return readValues(attribute, value, path);
  const only: unknown = attribute.type === 'complex' && Array.isArray(value) && value.length === 1 ? value[0] : value;
  return readOne(attribute, only, path);
}

/** Whether a value a client sent says that there is none (RFC 7643 section 2.5). */
export function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether a client sent the `value` of a complex attribute in place of an object that holds it. */
export function isValueAlone(attribute: AttributeDefinition, sent: unknown): sent is string {
  return typeof sent === 'string' && subAttributeNamed(attribute, 'value') !== undefined;
}

function readValues(attribute: AttributeDefinition, value: unknown, path: string): Read {
  if (!Array.isArray(value)) {
    const only = readOne(attribute, value, path);
    return only.ok && only.value !== undefined ? ok([only.value]) : only;
  }
  const values: JsonValue[] = [];
  let primaries = 0;
  for (const [index, item] of value.entries()) {
    const read = readOne(attribute, item, `${path}[${index}]`);
    if (!read.ok) return read;
    if (read.value === undefined) continue;
    if (isJsonObject(read.value) && read.value.primary === true) primaries += 1;
    values.push(read.value);
  }
  if (primaries > 1) return err(scimError('severalPrimary', { path }));
  return values.length === 0 ? unassigned : ok(values);
}

function readOne(attribute: AttributeDefinition, sent: unknown, path: string): Read {
  const value = attribute.multiValued && attribute.type !== 'complex' ? withoutWrapping(sent) : sent;
  if (isUnassigned(value)) return unassigned;
  if (attribute.type !== 'complex') return readSimpleValue(attribute, value, path);
  if (isJsonObject(value)) return readComplex(attribute, value, path);
  return isValueAlone(attribute, value)
    ? readComplex(attribute, { value }, path)
    : wrongType(path, 'an object', value, hasHidden(attribute));
}

/** Entra has been seen to write simple values of a list as those of a complex attribute: `[{"value": "..."}]`. */
function withoutWrapping(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const name = Object.keys(value).find((candidate) => candidate.toLowerCase() === 'value');
  return name === undefined ? value : value[name];
}

/** Sub-attributes come out in the order of their schema. A value is cleared as a whole by an empty `value`. */
function readComplex(attribute: AttributeDefinition, value: JsonObject, path: string): Read {
  const sent = inSchemaSpelling(attribute, value);
  const complex: JsonObject = {};
  let isCleared = false;
  let isValueCleared = false;
  for (const sub of attribute.subAttributes ?? []) {
    const part = sent[sub.name];
    if (part === undefined || sub.mutability === 'readOnly') continue;
    const read = readAttributeValue(sub, part, `${path}.${sub.name}`);
    if (!read.ok) return read;
    if (read.value === undefined) {
      isCleared = true;
      isValueCleared ||= sub.name === 'value';
    } else complex[sub.name] = read.value;
  }
  if (isValueCleared || saysNothing(complex, isCleared)) return unassigned;
  const missing = attribute.subAttributes?.find(({ name, required }) => required && complex[name] === undefined);
  return missing === undefined ? ok(complex) : err(scimError('requiredMissing', { path: `${path}.${missing.name}` }));
}

/** A complex value is also cleared by emptying all but its marks: `{"type":"work","formatted":""}`. */
function saysNothing(complex: JsonObject, isCleared: boolean): boolean {
  return isCleared ? hasOnlyMarks(complex) : Object.keys(complex).length === 0;
}

/** The parts of a complex value under the names of their schema; of two that differ only in case the last counts. */
function inSchemaSpelling(attribute: AttributeDefinition, value: JsonObject): JsonObject {
  const names = Object.keys(value);
  // Nearly always they are spelled so already.
  if (names.every((name) => (subAttributeNamed(attribute, name)?.name ?? name) === name)) return value;
  const parts: JsonObject = {};
  for (const name of names) {
    const sub = subAttributeNamed(attribute, name);
    if (sub !== undefined) parts[sub.name] = value[name] as JsonValue;
  }
  return parts;
}

/** Whether a value says what it is for, and nothing else: `{"type":"work"}`. */
export function hasOnlyMarks(complex: JsonObject): boolean {
  return Object.keys(complex).every((name) => name === 'type' || name === 'primary');
}
