import { describe, expect, it } from '@jest/globals';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { parseFilter } from './parse-filter.js';
import { resolveFilter } from './resolve-filter.js';
import { resolveFilterAcrossTypes } from './resolve-filter-across-types.js';

const registry = new SchemaRegistry();

function parsed(text: string) {
  const filter = parseFilter(text);
  if (!filter.ok) throw new Error(filter.error.detail);
  return filter.value;
}

describe('a filter over all resource types', () => {
  it.each([
    ['title eq "x" or displayName eq "x"', 'not (id pr) or displayName eq "x"'],
    ['not (title pr) and displayName pr', 'not (not (id pr)) and displayName pr'],
    ['title ne "x"', 'id pr'],
    ['title ne null', 'not (id pr)'],
    ['title eq null', 'id pr'],
    ['title co "x"', 'not (id pr)'],
    ['emails[type eq "work"] or members eq "u-1"', 'not (id pr) or members eq "u-1"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:displayName eq "x"', 'not (id pr)'],
    ['displayName eq "x"', 'displayName eq "x"'],
  ])('takes what a group never has as absent: %s', (text, meaning) => {
    const resolved = resolveFilterAcrossTypes(registry, 'Group', parsed(text));
    expect(resolved.ok).toBe(true);
    expect(resolved).toEqual(resolveFilter(registry, 'Group', parsed(meaning)));
  });

  it('is refused where it names what no type has', () => {
    const resolved = resolveFilterAcrossTypes(registry, 'Group', parsed('title pr or nosuch eq "x"'));
    expect(resolved).toMatchObject({ ok: false, error: { scimType: 'invalidFilter' } });
  });
});
