import { type JsonValue, foldCase } from '#kernel';
import type { AttributeDefinition } from '../schema/schema-definition.js';

/** A simple value in the form in which values of its attribute are compared. */
export type Comparable = string | number | boolean;

/** `xsd:dateTime` (RFC 7643 section 2.3.5), the time and the zone optional. */
const dateTime = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d:\d\d(?:\.\d+)?)([Zz]|[+-]\d\d:\d\d)?)?$/;

/**
 * The form in which values of `attribute` are compared: text folded where the attribute ignores case and verbatim where
 * it does not, instants as ISO 8601 in UTC with milliseconds (UTC is assumed where no zone is written), numbers and
 * booleans as they are. Literals of resolved filters are in this form, so whoever stores it needs no further conversion.
 *
 * @returns undefined where `value` is no value of the attribute's type: nothing is equal to it.
 */
export function comparableValue(attribute: AttributeDefinition, value: JsonValue): Comparable | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
    case 'binary':
      if (typeof value !== 'string') return undefined;
      return attribute.caseExact ? value : foldCase(value);
    case 'dateTime':
      return typeof value === 'string' ? utcInstant(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'complex':
      return undefined;
  }
}

function utcInstant(text: string): string | undefined {
  const match = dateTime.exec(text);
  if (!match) return undefined;
  const [, date, time = '00:00:00', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
