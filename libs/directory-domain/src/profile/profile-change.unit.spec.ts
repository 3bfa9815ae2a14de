import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '#kernel';
import { applyProfileChange, profileChange } from './profile-change.js';

const badge = 'urn:acme:badge:2.0:User';
const value = fc.oneof(
  fc.constantFrom('x', 'y', true, false, 1, 2),
  fc.array(fc.record({ value: fc.constantFrom('a', 'b'), type: fc.constantFrom('work', 'home') }), { minLength: 1 }),
  fc.record({ givenName: fc.constantFrom('Mia', 'Ada') }, { requiredKeys: ['givenName'] }),
);
const attributes = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: names.length });
const document = fc
  .tuple(attributes('userName', 'title', 'name', 'emails'), attributes('number', 'door'))
  .map(([core, extension]): JsonObject => {
    return Object.keys(extension).length === 0 ? core : { ...core, [badge]: extension };
  });

describe('the change of a profile', () => {
  it('turns what was into what shall be', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const change = profileChange(before, after);
        expect(change ? applyProfileChange(before, change) : before).toEqual(after);
      }),
    );
  });

  it('is none where nothing differs, in whatever order it stands', () => {
    fc.assert(
      fc.property(document, (before) => {
        const reversed = Object.fromEntries(Object.entries(structuredClone(before)).reverse());
        expect(profileChange(before, reversed)).toBeUndefined();
      }),
    );
  });

  it('names what differs and nothing else', () => {
    const before = { userName: 'mia', title: 'x', active: true, [badge]: { number: '7', door: 'D1', level: 1 } };
    const after = { userName: 'mia', title: 'y', name: { givenName: 'Mia' }, [badge]: { number: '8', level: 1 } };
    expect(profileChange(before, after)).toEqual({
      assigned: { title: 'y', name: { givenName: 'Mia' }, [`${badge}:number`]: '8' },
      unassigned: ['active', `${badge}:door`],
    });
    expect(profileChange(before, { userName: 'mia', title: 'x', active: true })).toEqual({
      assigned: {},
      unassigned: [`${badge}:number`, `${badge}:door`, `${badge}:level`],
    });
  });
});
