import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';

/** A parameter of a query, undefined where it is not given. In a body null is the same as not given. */
type Parameter<T> = Result<T | undefined, ScimError>;

const absent = ok(undefined);
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

/** Names in one text or several; repeating such a parameter adds to it. */
export function readNames(name: string, value: unknown): Parameter<readonly string[]> {
  if (isAbsent(value)) return absent;
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (names.every((item) => typeof item === 'string')) return ok(names);
  return err(scimError('invalidValue', { reason: `${name} must be a list of attribute names` }));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function refuse(name: string, expected: string, value: unknown) {
  const reason = Array.isArray(value) ? `${name} is given more than once` : `${name} must be ${expected}`;
  return err(scimError('invalidValue', { reason }));
}
