import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttributePath } from '../schema/attribute-path.js';
import { printAttributePath } from '../schema/parse-attribute-path.js';
import type { Filter } from './filter.js';
import { longestFilter, parseFilter } from './parse-filter.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

function problemOf(text: string): string {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text} was accepted`);
  expect(result.error.scimType).toBe('invalidFilter');
  return result.error.detail;
}

function print(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${print(filter.left)}) ${filter.kind} (${print(filter.right)})`;
    case 'not':
      return `not (${print(filter.filter)})`;
    case 'present':
      return `${printAttributePath(filter.path)} pr`;
    case 'compare':
      return `${printAttributePath(filter.path)} ${filter.operator} ${JSON.stringify(filter.literal)}`;
    case 'values':
      return `${printAttributePath(filter.path)}[${print(filter.filter)}]`;
  }
}

const eq = (attribute: string, literal: string | number | boolean | null): Filter => ({
  kind: 'compare',
  path: { attribute },
  operator: 'eq',
  literal,
});

describe('parseFilter', () => {
  it.each([
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'userName sw "J"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified lt "2011-05-13T04:42:34Z"',
    'meta.lastModified le "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and (emails.type eq "work")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('reads the RFC example %s', (text) => {
    expect(parsed(print(parsed(text)))).toEqual(parsed(text));
  });

  it('binds not tighter than and, and tighter than or', () => {
    expect(parsed('a eq 1 or not (b eq 2) and c eq 3')).toEqual({
      kind: 'or',
      left: eq('a', 1),
      right: { kind: 'and', left: { kind: 'not', filter: eq('b', 2) }, right: eq('c', 3) },
    });
    expect(parsed('(a eq 1 or b eq 2) and c eq 3')).toMatchObject({ kind: 'and', left: { kind: 'or' } });
  });

  it('keeps the dots and colons of a URN out of the attribute path', () => {
    expect(parsed(`${enterprise}:manager.value eq "u-2"`)).toEqual({
      kind: 'compare',
      path: { schema: enterprise, attribute: 'manager', subAttribute: 'value' },
      operator: 'eq',
      literal: 'u-2',
    });
    expect(parsed('members.$ref pr')).toMatchObject({ path: { attribute: 'members', subAttribute: '$ref' } });
  });

  it('reads operators and keywords in any case and with any white space', () => {
    expect(parsed('  userName   EQ  "a"  AND  NOT(active Eq true)OR title PR ')).toEqual(
      parsed('userName eq "a" and not (active eq true) or title pr'),
    );
  });

  it('understands a sub-attribute behind a value filter as a condition on the same value', () => {
    expect(parsed('emails[type eq "work"].value eq "x"')).toEqual(parsed('emails[type eq "work" and value eq "x"]'));
    expect(parsed('emails[type eq "work" or type eq "home"].value pr')).toEqual(
      parsed('emails[(type eq "work" or type eq "home") and value pr]'),
    );
  });

  it.each<[string, string | number | boolean | null]>([
    ['jyoung', 'jyoung'],
    ['true', true],
    ['True', 'True'],
    ['null', null],
    ['-1.5', -1.5],
    ['701984', 701984],
    ['0042', '0042'],
    ['1.0', '1.0'],
    ['12345678901234567890', '12345678901234567890'],
    ['mia@acme.test', 'mia@acme.test'],
    ['"say \\"\\u00e9\\" \\\\ ) ]"', 'say "é" \\ ) ]'],
    ['""', ''],
  ])('reads the literal %s', (text, literal) => {
    expect(parsed(`externalId eq ${text}`)).toEqual(eq('externalId', literal));
  });

  it.each([
    ['', 'expected an attribute name at character 1, found the end'],
    ['userName', 'expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr) at character 9, found the end'],
    [
      'userName foo "x"',
      'expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr) at character 10, found "foo"',
    ],
    ['userName eq', 'expected a value at character 12, found the end'],
    ['userName eq "x', 'expected a value at character 13, found a string that does not end or is not JSON'],
    ['userName eq "\\x"', 'expected a value at character 13, found a string that does not end or is not JSON'],
    ['userName eq "x" title pr', 'expected "and", "or" or the end at character 17, found "title"'],
    ['(userName pr', 'expected "and", "or" or ")" at character 13, found the end'],
    ['emails[type pr)', 'expected "and", "or" or "]" at character 15, found ")"'],
    ['not userName pr', 'expected "(" after "not" at character 5, found "userName"'],
    ['a.b.c pr', 'expected an attribute name at character 1, found "a.b.c"'],
    ['emails.type[value pr]', 'expected no "[" after a sub-attribute at character 12, found "["'],
    ['emails[type pr].a.b pr', 'expected a sub-attribute at character 16, found ".a.b"'],
    [
      'emails[ims[type pr]]',
      'expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr) at character 11, found "["',
    ],
    ['userName pr)', 'expected "and", "or" or the end at character 12, found ")"'],
    ['1a pr', 'expected an attribute name at character 1, found "1a"'],
  ])('says what is wrong with %j and where', (text, problem) => {
    expect(problemOf(text)).toBe(`The filter is not valid: ${problem}.`);
  });

  it('bounds length, nesting and the number of comparisons', () => {
    expect(problemOf('('.repeat(100_000))).toContain(`longer than ${longestFilter} characters`);
    expect(problemOf('('.repeat(longestFilter))).toContain('nested deeper than 50');
    expect(problemOf('not('.repeat(4_000))).toContain('nested deeper than 50');
    expect(problemOf(Array(501).fill('a pr').join(' or '))).toContain('more than 500 comparisons');
    expect(parsed(Array(500).fill('a pr').join(' and ')).kind).toBe('and');
    expect(parsed(`${'('.repeat(50)}a pr${')'.repeat(50)}`).kind).toBe('present');
  });

  it('reads back every filter it could have read', () => {
    const name = fc.constantFrom('userName', 'emails', 'a', '$ref', 'x-y_1', 'and', 'pr', 'constructor');
    const path = fc.record<AttributePath>(
      { schema: fc.constantFrom(enterprise, 'urn:a:2.0'), attribute: name, subAttribute: name },
      { requiredKeys: ['attribute'] },
    );
    const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
    const literal = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
    const { filter } = fc.letrec<{ filter: Filter; leaf: Filter; inner: Filter }>((tie) => ({
      leaf: fc.oneof(
        fc.record({ kind: fc.constant('present' as const), path }),
        fc.record({ kind: fc.constant('compare' as const), path, operator, literal }),
      ),
      inner: connected(tie('leaf'), tie('inner')),
      filter: connected(
        fc.oneof(
          tie('leaf'),
          fc.record({
            kind: fc.constant('values' as const),
            path: name.map((attribute) => ({ attribute })),
            filter: tie('inner'),
          }),
        ),
        tie('filter'),
      ),
    }));
    fc.assert(fc.property(filter, (tree) => expect(parsed(print(tree))).toEqual(tree)));
  });

  it('answers every text with a filter or an error', () => {
    const fragments = [
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      ' ',
      'not',
      'and',
      'or',
      'eq',
      'pr',
      'a',
      '.b',
      'urn:x:',
      '"v"',
      '1',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...fragments)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const result = parseFilter(input);
        expect(result.ok || result.error.code === 'invalidFilter').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a text in single quotes, which would otherwise match nobody without a word', () => {
    expect(parseFilter("userName eq 'mia'")).toMatchObject({ ok: false, error: { scimType: 'invalidFilter' } });
    expect(parseFilter(`userName eq "o'neil"`)).toMatchObject({ ok: true });
    expect(parseFilter("userName eq o'neil")).toMatchObject({ ok: true });
  });
});

function connected(leaf: fc.Arbitrary<Filter>, tree: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tree, right: tree }),
    fc.record({ kind: fc.constant('not' as const), filter: tree }),
  );
}
