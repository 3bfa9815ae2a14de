import type { AttributeDefinition } from './schema-definition.js';

/** What an attribute's characteristics are where its schema does not say (RFC 7643 section 2.2). */
export const defaultCharacteristics = {
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
} as const satisfies Partial<AttributeDefinition>;

type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'description' | 'subAttributes'>>;

export function attribute(
  name: string,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  return { ...defaultCharacteristics, name, description, ...characteristics };
}

export function complex(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return { ...attribute(name, description, characteristics), type: 'complex', subAttributes };
}

/** A URI. Compared exactly (RFC 7643 section 2.3.7). */
export function reference(
  name: string,
  description: string,
  referenceTypes: readonly string[],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return attribute(name, description, { type: 'reference', referenceTypes, caseExact: true, ...characteristics });
}

/** The usual sub-attributes of a multi-valued attribute (RFC 7643 section 2.4), `value` as given. */
export function listed(
  name: string,
  description: string,
  value: AttributeDefinition,
  canonicalTypes?: readonly string[],
): AttributeDefinition {
  return complex(
    name,
    description,
    [
      value,
      attribute('display', 'A label for people to read.'),
      attribute('type', 'What the value is used for.', canonicalTypes && { canonicalValues: canonicalTypes }),
      primaryMark,
    ],
    { multiValued: true },
  );
}

export const primaryMark = attribute('primary', 'Whether this is the preferred value; true at most once.', {
  type: 'boolean',
});
