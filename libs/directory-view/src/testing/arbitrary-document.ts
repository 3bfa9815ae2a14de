import fc from 'fast-check';
import type { JsonObject, JsonValue } from '#kernel';
import { type AttributeDefinition, type ResourceTypeName, SchemaRegistry } from '#scim-protocol';

/** Built-in schemas only. */
export const sampleRegistry = new SchemaRegistry();

/** Texts that go wrong where case, Unicode, LIKE patterns, quoting or byte order are treated lightly. */
export const awkwardTexts = [
  '',
  'a',
  'A',
  'ab',
  'Ab',
  'b',
  'ba',
  '%',
  '_',
  'a%b',
  'a_b',
  "o'brien",
  '"',
  '\\',
  '?',
  '$',
  'ß',
  'SS',
  'ſ',
  'İ',
  'é',
  'e\u0301',
  '\ufb01',
  '\u{1F600}',
  '\uFF21',
  ' ',
  '10',
  '9',
  'true',
] as const;

const text = fc.constantFrom(...awkwardTexts);
const instant = fc.constantFrom(
  '2024-01-01T00:00:00Z',
  '2024-01-01T02:00:00+02:00',
  '2025-06-30',
  '2023-12-31T23:59:59.999Z',
);

function arbitrarySimple(attribute: AttributeDefinition): fc.Arbitrary<JsonValue> {
  switch (attribute.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: -3, max: 3 });
    case 'decimal':
      return fc.constantFrom(-1.5, 0, 0.25, 3);
    case 'dateTime':
      return instant;
    case 'string':
    case 'reference':
    case 'binary':
    case 'complex':
      return text;
  }
}

function arbitraryValue(attribute: AttributeDefinition): fc.Arbitrary<JsonValue> {
  const { subAttributes } = attribute;
  const one = subAttributes ? arbitraryComplex(subAttributes) : arbitrarySimple(attribute);
  return attribute.multiValued ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

function arbitraryComplex(parts: readonly AttributeDefinition[]): fc.Arbitrary<JsonValue> {
  const all = Object.fromEntries(parts.map((part) => [part.name, arbitraryValue(part)]));
  return fc
    .record(all, { requiredKeys: [] })
    .filter((value) => Object.keys(value).length > 0)
    .map((value) => value as JsonObject);
}

/** Attributes that meet each other often enough in small samples: one of every kind, and those with an index. */
const frequentNames: readonly string[] = [
  'userName',
  'displayName',
  'externalId',
  'title',
  'active',
  'name',
  'emails',
  'employeeNumber',
  'manager',
  'meta',
];

/** Of all attributes half of the time, else of the frequent ones. */
export function oftenFrequent<Named>(all: readonly Named[], nameOf: (named: Named) => string): fc.Arbitrary<Named> {
  const frequent = all.filter((named) => frequentNames.includes(nameOf(named)));
  return fc.oneof(fc.constantFrom(...all), fc.constantFrom(...frequent));
}

/** One writable attribute of a type and a value for it. */
export interface Assignment {
  readonly extension: string | undefined;
  readonly name: string;
  readonly value: JsonValue;
}

export function arbitraryAssignment(type: ResourceTypeName): fc.Arbitrary<Assignment> {
  const writable = sampleRegistry
    .attributesOf(type)
    .filter(({ attribute }) => attribute.mutability !== 'readOnly' && attribute.name !== 'members');
  return oftenFrequent(writable, ({ attribute }) => attribute.name).chain(({ attribute, extension }) =>
    arbitraryValue(attribute).map((value) => ({ extension, name: attribute.name, value })),
  );
}

/** A document in canonical form with the required name and, at most, so many attributes. */
export function arbitraryDocument(type: ResourceTypeName, mostAttributes = 6): fc.Arbitrary<JsonObject> {
  const required = type === 'User' ? 'userName' : 'displayName';
  return fc
    .tuple(text, fc.array(arbitraryAssignment(type), { minLength: mostAttributes >> 1, maxLength: mostAttributes }))
    .map(([name, assignments]) => {
      const document: JsonObject = {};
      for (const { extension, name: attribute, value } of assignments) {
        const holder = extension === undefined ? document : ((document[extension] ??= {}) as JsonObject);
        holder[attribute] = value;
      }
      return { ...document, [required]: name };
    });
}
