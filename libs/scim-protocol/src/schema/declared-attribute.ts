import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import { reservedAttributeNames } from './common-attributes.js';
import { defaultCharacteristics } from './define-attribute.js';
import type { AttributeDefinition, AttributeType } from './schema-definition.js';

type Report = (mistake: string) => void;
type Level = 'top' | 'sub';

const types = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
  'complex',
] as const satisfies readonly AttributeType[];
const mutabilities = ['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const;
// What is not offered cannot be kept: nothing is returned on request only, and nothing but names is kept unique.
const returnedOptions = ['always', 'never', 'default'] as const;
const uniquenessOptions = ['none'] as const;

const attributeName = /^[a-z][a-z0-9$_-]*$/i;

/** The attributes of a schema, or the sub-attributes of an attribute; every mistake is reported. */
export function readAttributes(list: unknown, level: Level, report: Report): AttributeDefinition[] {
  const what = level === 'top' ? 'attributes' : 'subAttributes';
  if (!Array.isArray(list) || list.length === 0) {
    report(`${what} must be a list of at least one attribute`);
    return [];
  }
  const names = new Set<string>();
  return list.flatMap((entry: unknown, index) => {
    if (!isJsonObject(entry) || typeof entry.name !== 'string') {
      report(`${what}[${index}] must be an object with a name`);
      return [];
    }
    const { name } = entry;
    const reportHere: Report = (mistake) => report(`attribute '${name}': ${mistake}`);
    if (names.has(name.toLowerCase())) reportHere('the name is used twice');
    names.add(name.toLowerCase());
    checkName(name, level, reportHere);
    return [readAttribute(name, entry, level, reportHere)];
  });
}

function checkName(name: string, level: Level, report: Report): void {
  const isReference = level === 'sub' && name === '$ref';
  if (!attributeName.test(name) && !isReference) {
    report('a name is a letter followed by letters, digits, $, - or _');
  }
  const reserved = reservedAttributeNames.some((common) => common.toLowerCase() === name.toLowerCase());
  // A name that every object has would seem to have a value where there is none.
  if ((level === 'top' && reserved) || name in Object.prototype) report('the name is reserved');
}

function readAttribute(name: string, entry: JsonObject, level: Level, report: Report): AttributeDefinition {
  const type = option('type', entry, types, report);
  const multiValued = flag('multiValued', entry, defaultCharacteristics.multiValued, report);
  if (level === 'sub' && type === 'complex') report('a sub-attribute cannot be complex');
  if (level === 'sub' && multiValued) report('a sub-attribute cannot be multi-valued');
  if (type !== 'complex' && entry.subAttributes !== undefined) report('only a complex attribute has subAttributes');
  const { description = '' } = entry;
  if (typeof description !== 'string') report('description must be a text');
  // References and binary values are compared exactly (RFC 7643 sections 2.3.6 and 2.3.7).
  const exact = type === 'reference' || type === 'binary' || defaultCharacteristics.caseExact;
  const canonicalValues = texts('canonicalValues', entry, report);
  const referenceTypes = texts('referenceTypes', entry, report);
  const mutability = option('mutability', entry, mutabilities, report);
  const returned =
    mutability === 'writeOnly' ? neverReturned(entry, report) : option('returned', entry, returnedOptions, report);
  return {
    name,
    type,
    multiValued,
    description: typeof description === 'string' ? description : '',
    required: flag('required', entry, defaultCharacteristics.required, report),
    caseExact: flag('caseExact', entry, exact, report),
    mutability,
    returned,
    uniqueness: option('uniqueness', entry, uniquenessOptions, report),
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(type === 'complex' && level === 'top' && { subAttributes: readParts(entry.subAttributes, returned, report) }),
  };
}

/** Parts of what is never returned are not returned either, whatever they say. */
function readParts(list: unknown, returned: AttributeDefinition['returned'], report: Report): AttributeDefinition[] {
  const parts = readAttributes(list, 'sub', report);
  return returned === 'never' ? parts.map((part) => ({ ...part, returned })) : parts;
}

/** What is write-only is never returned (RFC 7643 section 7); a schema need not say so, but must not say otherwise. */
function neverReturned({ returned = 'never' }: JsonObject, report: Report): 'never' {
  if (returned !== 'never') report('what is writeOnly is never returned: leave returned out, or say never');
  return 'never';
}

function flag(name: string, entry: JsonObject, otherwise: boolean, report: Report): boolean {
  const value: JsonValue = entry[name] ?? otherwise;
  if (typeof value !== 'boolean') report(`${name} must be true or false`);
  return value === true;
}

function option<Option extends string>(
  name: 'type' | 'mutability' | 'returned' | 'uniqueness',
  entry: JsonObject,
  options: readonly Option[],
  report: Report,
): Option {
  const otherwise = options.find((candidate) => candidate === defaultCharacteristics[name]) as Option;
  const value = entry[name] ?? otherwise;
  const found = options.find((candidate) => candidate === value);
  if (found === undefined) report(`${name} must be ${options.join(', ')}`);
  return found ?? otherwise;
}

function texts(name: string, entry: JsonObject, report: Report): string[] | undefined {
  const value = entry[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  report(`${name} must be a list of texts`);
  return undefined;
}
