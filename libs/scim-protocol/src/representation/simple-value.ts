import { type JsonValue, type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { isHidden } from '../schema/hidden-attribute.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Longest text of an attribute, characters: folding and comparing it has to stay cheap. */
export const longestText = 65_536;
/** Longest address or binary value, characters: a photo may be written into its address. */
const longestContent = 1_048_576;

/**
 * A value of a simple attribute in its schema's type. Text is kept as sent: whoever wrote it compares it with what comes
 * back, so there are no checks of syntax beyond those of the type. Booleans may be written as text, as Entra does.
 */
export function readSimpleValue(
  attribute: AttributeDefinition,
  value: unknown,
  path: string,
): Result<JsonValue, ScimError> {
  const { type, longest = longestText } = attribute;
  const refuse = (expected: string) => wrongType(path, expected, value, isHidden(attribute));
  switch (type) {
    case 'string':
      return typeof value === 'string' ? readText(value, path, longest) : refuse('a string');
    case 'reference':
      return typeof value === 'string' ? readText(value, path, longestContent) : refuse('a string');
    case 'boolean': {
      const parsed = readBoolean(value);
      return parsed === undefined ? refuse('true or false') : ok(parsed);
    }
    case 'integer':
      return Number.isSafeInteger(value) ? ok(value as number) : refuse('a whole number');
    case 'decimal':
      return Number.isFinite(value) ? ok(value as number) : refuse('a number');
    case 'dateTime':
      return typeof value === 'string' && isInstant(value)
        ? ok(value)
        : refuse('a date and time such as 2026-01-31T08:00:00Z');
    case 'binary':
      return typeof value === 'string' && base64.test(value)
        ? readText(value, path, longestContent)
        : refuse('base64 text');
    case 'complex':
      return refuse('an object');
  }
}

/**
 * Says what was sent instead of what a type asks for.
 *
 * @param isSecret whether to say no more of it than its type: errors come to lie in logs.
 */
export function wrongType(path: string, expected: string, value: unknown, isSecret = false) {
  return err(scimError('wrongType', { path, expected, actual: isSecret ? typeOf(value) : describe(value) }));
}

function isInstant(text: string): boolean {
  if (!dateTime.test(text) || Number.isNaN(Date.parse(text))) return false;
  // The 30th of February was parsed as the 2nd of March.
  const day = text.slice(0, text.indexOf('T'));
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function readText(text: string, path: string, limit: number): Result<string, ScimError> {
  if (text.length > limit) return err(scimError('textTooLong', { path, limit }));
  if (text.includes('\0')) return err(scimError('invalidText', { path, problem: 'a NUL character' }));
  if (!text.isWellFormed()) return err(scimError('invalidText', { path, problem: 'half of a surrogate pair' }));
  return ok(text);
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || value.length > 'false'.length) return undefined;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeOf(value);
}

function typeOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number' || typeof value === 'boolean') return `a ${typeof value}`;
  return Array.isArray(value) ? 'a list' : 'an object';
}
