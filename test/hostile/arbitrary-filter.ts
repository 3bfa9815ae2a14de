import fc from 'fast-check';
import { enterpriseUrn, groupUrn, userUrn } from '../support/directory-requests.js';
import { hostileText } from './hostile-values.js';

/** Names of attributes, some of which exist. */
export const attributePath: fc.Arbitrary<string> = fc.constantFrom(
  'userName',
  'displayName',
  'name.givenName',
  'emails',
  'emails.value',
  'emails.primary',
  'active',
  'id',
  'externalId',
  'groups',
  'groups.value',
  'members',
  'members.value',
  'meta',
  'meta.lastModified',
  'meta.version',
  'schemas',
  'photos.value',
  'x509Certificates',
  `${userUrn}:userName`,
  `${groupUrn}:members`,
  `${enterpriseUrn}:manager`,
  `${enterpriseUrn}:manager.value`,
  enterpriseUrn,
  'urn:unknown:extension:1.0:attribute',
  'unknown',
  'emails.unknown',
  'userName.value',
  'password',
  '__proto__',
  'constructor.name',
);

const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'has', '=');
const literal = fc.oneof(
  fc.constantFrom('"Mia"', 'true', 'null', '1', '-1.5', '1e999', '"2024-01-01T00:00:00Z"', '"%"', '"_"', '"', "'Mia'"),
  fc.constantFrom('"\\ud800"', '"\\u0000"', '"\\"', '"\\x"', 'nothing', '[1]', '{}'),
  hostileText.map((text) => JSON.stringify(text)),
);

const { filter: grammatical } = fc.letrec<{ filter: string; leaf: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or', 'AND', 'xor'), tie('filter'))
      .map(([left, joint, right]) => `${left} ${joint} ${right}`),
    fc.tuple(fc.constantFrom('not', 'NOT', ''), tie('filter')).map(([not, inner]) => `${not}(${inner})`),
    fc.tuple(attributePath, tie('filter')).map(([path, inner]) => `${path}[${inner}]`),
  ),
  leaf: fc.oneof(
    fc.tuple(attributePath, operator, literal).map((parts) => parts.join(' ')),
    attributePath.map((path) => `${path} pr`),
  ),
}));

const tokens = [
  '(',
  ')',
  '[',
  ']',
  '.',
  ':',
  'and',
  'or',
  'not',
  'pr',
  'eq',
  'userName',
  'emails',
  '"a"',
  '"',
  '1',
  '\\',
];
const tokenSoup = fc
  .tuple(fc.array(fc.constantFrom(...tokens), { maxLength: 12 }), fc.constantFrom(' ', ''))
  .map(([parts, gap]) => parts.join(gap));

/** Filters of RFC 7644 section 3.4.2.2 about attributes that may not exist, and texts that are none. */
export const filterText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: grammatical },
  { weight: 2, arbitrary: tokenSoup },
  { weight: 1, arbitrary: hostileText },
);

/** Paths of PATCH operations (RFC 7644 section 3.5.2), and texts that are none. */
export const patchPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: attributePath },
  { weight: 2, arbitrary: fc.tuple(attributePath, filterText).map(([path, filter]) => `${path}[${filter}]`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('work', 'home', ''), fc.constantFrom('.value', '.primary', '.unknown', ''))
      .map(([type, sub]) => `emails[type eq "${type}"]${sub}`),
  },
  { weight: 1, arbitrary: tokenSoup },
  { weight: 1, arbitrary: hostileText },
);
