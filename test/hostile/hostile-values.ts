import fc from 'fast-check';
import type { JsonValue } from '#kernel';

/** Stands in values and headers a client sends, and must never be found in what the server writes about requests. */
export const secret = 'S3cretOfTheClient';

/** Texts that have broken servers, databases or loggers before. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  secret,
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfffx',
  '\ufeff',
  '\u202egnp.exe',
  'line\r\nset-cookie: a=b',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$ref',
  "' OR 1=1 --",
  '"); DROP TABLE events; --',
  '%',
  '%00',
  '../../../etc/passwd',
  'İstanbul',
  'ﬃ',
  '😀'.repeat(100),
  'x'.repeat(70_000),
  'true',
  '1e999',
  'bulkId:',
  'bulkId:a',
  'urn:',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'W/"0"',
];

/** Keys that mean something to JavaScript, to SCIM, or to nobody. */
export const hostileKeys: readonly string[] = [
  ...hostileTexts.filter((text) => text.length < 1_000),
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName',
  'urn:unknown:extension:1.0',
  'USERNAME',
  'members',
  'emails[type eq "work"].value',
  'name.givenName',
  'id',
  'meta',
  'schemas',
  'password',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** A JSON value where another one is expected. */
export const hostileValue: fc.Arbitrary<JsonValue> = fc.oneof(
  hostileText,
  fc.constantFrom<JsonValue>(null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], [{}], nested(28)),
  fc.dictionary(fc.constantFrom(...hostileKeys), hostileText, { maxKeys: 3 }) as fc.Arbitrary<JsonValue>,
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);

/** @param levels of lists; a body that has it within may or may not be nested too deep. */
function nested(levels: number): JsonValue {
  return levels === 0 ? [] : [nested(levels - 1)];
}
