import { describe, expect, it } from '@jest/globals';
import { findGroupBy, findUserBy, groupWithoutMembers, hasManager, page } from './lookups.js';

describe('a lookup', () => {
  it('is encoded as Entra encodes it: plus for a space, escaped quotes and at sign', () => {
    expect(findUserBy('userName', '8f0e2a31-5d0c-4c5e-9f6a-0f7b7e6f1c22')).toBe(
      '/Users?filter=userName+eq+%228f0e2a31-5d0c-4c5e-9f6a-0f7b7e6f1c22%22',
    );
    expect(findUserBy('userName', "mia.o'brien@acme.test")).toBe(
      "/Users?filter=userName+eq+%22mia.o'brien%40acme.test%22",
    );
  });

  it('asks for a group without its members', () => {
    expect(findGroupBy('displayName', 'Treasury')).toBe(
      '/Groups?excludedAttributes=members&filter=displayName+eq+%22Treasury%22',
    );
    expect(groupWithoutMembers('g-1')).toBe('/Groups/g-1?excludedAttributes=members');
  });

  it('survives names that hold the marks of a query', () => {
    const query = findGroupBy('displayName', 'R&D + 50% #1 "x"').split('?')[1];
    expect(new URLSearchParams(query).get('filter')).toBe('displayName eq "R&D + 50% #1 \\"x\\""');
  });

  it('checks a reference with two clauses and asks for ids only', () => {
    const query = new URLSearchParams(hasManager('u-1', 'u-2').split('?')[1]);
    expect(query.get('filter')).toBe('id eq "u-1" and manager eq "u-2"');
    expect(query.get('attributes')).toBe('id');
  });

  it('pages by index', () => {
    expect(page('Users', 101, 100)).toBe('/Users?startIndex=101&count=100');
    expect(page('Groups', 1, 100)).toBe('/Groups?excludedAttributes=members&startIndex=1&count=100');
  });
});
