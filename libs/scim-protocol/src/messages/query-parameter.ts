import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';

/** A parameter of a query, undefined where it is not given. In a body null is the same as not given. */
type Parameter<T> = Result<T | undefined, ScimError>;

const absent = ok(undefined);
/** Most names in `attributes` or `excludedAttributes`: several times as many as the built-in schemas have. */
const mostNames = 500;
/** Most text of such a list, characters. */
const longestNames = 65_536;
const integer = /^[+-]?\d+$/;

export function readText(name: string, value: unknown): Parameter<string> {
  if (isAbsent(value)) return absent;
  return typeof value === 'string' ? ok(value) : refuse(name, 'a text', value);
}

/** A whole number; one beyond what can be counted exactly becomes the largest that can. */
export function readInteger(name: string, value: unknown): Parameter<number> {
  if (isAbsent(value)) return absent;
  const number = typeof value === 'string' && integer.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || Math.trunc(number) !== number) return refuse(name, 'a whole number', value);
  return ok(Math.max(Math.min(number, Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER));
}

/** One of several words, in any case. */
export function readWord<Word extends string>(name: string, value: unknown, words: readonly Word[]): Parameter<Word> {
  if (isAbsent(value)) return absent;
  const word = typeof value === 'string' ? words.find((candidate) => candidate === value.toLowerCase()) : undefined;
  return word === undefined ? refuse(name, words.join(' or '), value) : ok(word);
}

/** Names in one text or several, separated by commas; repeating such a parameter adds to it. */
export function readNames(name: string, value: unknown): Parameter<readonly string[]> {
  if (isAbsent(value)) return absent;
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const refusal = (reason: string) => err(scimError('invalidValue', { reason: `${name} ${reason}` }));
  let names = 0;
  let length = 0;
  for (const text of texts) {
    if (typeof text !== 'string') return refusal('must be a list of attribute names');
    length += text.length;
    if (length > longestNames) return refusal(`is longer than ${longestNames} characters`);
    names += namesIn(text);
    if (names > mostNames) return refusal(`lists more than ${mostNames} names`);
  }
  return ok(texts as readonly string[]);
}

function namesIn(text: string): number {
  let names = 1;
  for (let comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) names += 1;
  return names;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function refuse(name: string, expected: string, value: unknown) {
  const reason = Array.isArray(value) ? `${name} is given more than once` : `${name} must be ${expected}`;
  return err(scimError('invalidValue', { reason }));
}
