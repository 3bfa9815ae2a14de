import { describe, expect, it } from '@jest/globals';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { parseFilter } from './parse-filter.js';
import { resolveFilter } from './resolve-filter.js';

const registry = new SchemaRegistry([]);

function problemOf(text: string, type: ResourceTypeName = 'User'): string | undefined {
  const parsed = parseFilter(text);
  const resolved = parsed.ok ? resolveFilter(registry, type, parsed.value) : parsed;
  return resolved.ok ? undefined : `${resolved.error.scimType}: ${resolved.error.detail}`;
}

function chain(length: number, condition: (index: number) => string, connective = ' or '): string {
  return Array.from({ length }, (_, index) => condition(index)).join(connective);
}

const refusal =
  'invalidFilter: The filter is not valid: it has more than 20 comparisons, which only "eq" with one unique attribute, joined by "or", may have.';

describe('a filter that every resource may have to be held against', () => {
  it.each<[string, (length: number) => string]>([
    ['parts of e-mail addresses', (length) => chain(length, (index) => `emails.value co "${index}"`)],
    ['conditions on one value', (length) => `emails[${chain(length, (index) => `value co "${index}"`)}]`],
    ['presence', (length) => chain(length, () => 'title pr', ' and ')],
    ['what must not be', (length) => `not (${chain(length, (index) => `userName eq "${index}"`)})`],
    ['values that many may have', (length) => chain(length, (index) => `displayName eq "${index}"`)],
    [
      'values of two unique attributes',
      (length) => `${chain(length - 1, (index) => `userName eq "${index}"`)} or id eq "x"`,
    ],
    [
      'unique values beside something else',
      (length) => `${chain(length - 1, (index) => `userName eq "${index}"`)} or title co "x"`,
    ],
  ])('has at most 20 comparisons: %s', (_, filterOf) => {
    expect(problemOf(filterOf(20))).toBeUndefined();
    expect(problemOf(filterOf(21))).toBe(refusal);
  });

  it.each<[string, (length: number) => string]>([
    ['on their names', (length) => chain(length, (index) => `groups.display co "${index}"`)],
    ['on one of them', (length) => `not (groups[${chain(length, (index) => `display co "${index}"`)}])`],
    ['beside others', (length) => `title pr and (${chain(length, () => 'groups pr')})`],
  ])('has at most 3 on the groups of users: %s', (_, filterOf) => {
    expect(problemOf(filterOf(3))).toBeUndefined();
    expect(problemOf(filterOf(4))).toBe(
      'invalidFilter: The filter is not valid: it has more than 3 comparisons with groups.',
    );
  });

  it('counts "ne" twice, since it asks whether there is a value too', () => {
    expect(problemOf(chain(10, () => 'title ne "x"'))).toBeUndefined();
    expect(problemOf(chain(11, () => 'title ne "x"'))).toBe(refusal);
  });
});

describe('a filter for unique values', () => {
  it.each<[ResourceTypeName, string]>([
    ['User', 'id'],
    ['User', 'userName'],
    ['Group', 'displayName'],
  ])('of a %s may have as many as can be parsed: %s', (type, attribute) => {
    expect(
      problemOf(
        chain(500, (index) => `${attribute} eq "${index}"`),
        type,
      ),
    ).toBeUndefined();
  });
});
