import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';
import { readSimpleValue, wrongType } from './simple-value.js';

type Read = Result<JsonValue | undefined, ScimError>;

const unassigned = ok(undefined);

/**
 * A value a client sent for an attribute or sub-attribute, in the canonical form of `ResourceDocument`, or undefined
 * where it says that there is none: null, an empty list or object, empty text (RFC 7643 section 2.5). Accepts what
 * clients send in place of a complex value: its `value` alone, and for a single one a list of one. Unknown and read-only
 * sub-attributes are left out; whether the attribute itself may be written is for the caller to ask.
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

function readOne(attribute: AttributeDefinition, value: unknown, path: string): Read {
  if (isUnassigned(value)) return unassigned;
  if (attribute.type !== 'complex') return readSimpleValue(attribute, value, path);
  if (isJsonObject(value)) return readComplex(attribute, value, path);
  const isValueAlone = typeof value === 'string' && subAttributeNamed(attribute, 'value') !== undefined;
  return isValueAlone ? readComplex(attribute, { value }, path) : wrongType(path, 'an object', value);
}

function readComplex(attribute: AttributeDefinition, value: JsonObject, path: string): Read {
  const given = new Map<AttributeDefinition, JsonValue | undefined>();
  for (const name of Object.keys(value)) {
    const sub = subAttributeNamed(attribute, name);
    if (sub !== undefined && sub.mutability !== 'readOnly') given.set(sub, value[name]);
  }
  const complex: JsonObject = {};
  const cleared = new Set<string>();
  for (const [sub, sent] of given) {
    const read = readAttributeValue(sub, sent, `${path}.${sub.name}`);
    if (!read.ok) return read;
    if (read.value === undefined) cleared.add(sub.name);
    else complex[sub.name] = read.value;
  }
  if (saysNothing(complex, cleared)) return unassigned;
  const missing = attribute.subAttributes?.find(({ name, required }) => required && !Object.hasOwn(complex, name));
  return missing === undefined ? ok(complex) : err(scimError('requiredMissing', { path: `${path}.${missing.name}` }));
}

/** A complex value is cleared by an empty `value`, and by emptying all but its marks: `{"type":"work","value":""}`. */
function saysNothing(complex: JsonObject, cleared: ReadonlySet<string>): boolean {
  if (cleared.has('value')) return true;
  return Object.keys(complex).length === 0 || (cleared.size > 0 && hasOnlyMarks(complex));
}

/** Whether a value says what it is for, and nothing else: `{"type":"work"}`. */
export function hasOnlyMarks(complex: JsonObject): boolean {
  return Object.keys(complex).every((name) => name === 'type' || name === 'primary');
}
