import { describe, expect, it } from '@jest/globals';
import { derivedUuid } from './derived-uuid.js';

const parent = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';

describe('derivedUuid', () => {
  it('is a UUIDv8 with the time of a UUIDv7 it is derived from', () => {
    expect(derivedUuid(parent, 'a')).toMatch(/^017f22e2-79b0-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('stays what it is: what was derived once is derived again', () => {
    expect(derivedUuid(parent, 'scim.user-acme.mia@0')).toBe('017f22e2-79b0-8543-8a73-4da7b062751a');
  });

  it('is another one for another name and for another parent, also of the same time', () => {
    const parents = [parent, parent.replace('98c4', '98c5'), parent.replace('017f', '017e')];
    const derived = parents.flatMap((each) => ['a', 'b', ''].map((name) => derivedUuid(each, name)));
    expect(new Set(derived).size).toBe(derived.length);
  });
});
