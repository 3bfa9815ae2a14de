import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAttributePath, type ResolvedAttribute } from '#scim-protocol';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import type { Keyset } from './keyset.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';
import { sortedCharacters } from './sort-order.js';

const scope = { tenant: 'acme', type: 'User', filter: 'active eq true', sortBy: 'userName', descending: false };
const place: Keyset = { direction: 'after', seq: '42', sortValue: 'anna' };

function attribute(path: string): ResolvedAttribute {
  const parsed = parseAttributePath(path);
  const resolved = parsed && sampleRegistry.resolve('User', parsed);
  if (!resolved) throw new Error(`${path} is no attribute.`);
  return resolved;
}
const userName = attribute('userName');

const invalid = expect.objectContaining({ ok: false, error: expect.objectContaining({ scimType: 'invalidCursor' }) });

describe('a list cursor', () => {
  it('leads back to the place it was made for', () => {
    const direction = fc.constantFrom('after' as const, 'before' as const);
    const seq = fc.oneof(fc.nat().map(String), fc.constant('9223372036854775807'));
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 512 }).filter((value) => !value.includes('\0')));
    for (const [sort, sortValue] of [
      [userName, text],
      [attribute('emails'), text],
      [attribute('meta.created'), text],
      [attribute('active'), fc.option(fc.constantFrom(0, 1))],
    ] as const) {
      fc.assert(
        fc.property(fc.record({ direction, seq, sortValue }), (keyset) => {
          expect(decodeCursor(scope, encodeCursor(scope, keyset), sort)).toEqual({ ok: true, value: keyset });
        }),
      );
    }
    fc.assert(
      fc.property(fc.record({ direction, seq }), (keyset) => {
        expect(decodeCursor(scope, encodeCursor(scope, keyset))).toEqual({ ok: true, value: keyset });
      }),
    );
  });

  it('fits into the address of a request, whatever the resources are sorted by', () => {
    for (const character of ['x', '\u0001', '"', '\u{1F600}']) {
      const cursor = encodeCursor(scope, { ...place, sortValue: character.repeat(sortedCharacters) });
      expect(cursor.length).toBeLessThan(5_000);
      expect(decodeCursor(scope, cursor, userName).ok).toBe(true);
    }
  });

  it.each<[string, { seq?: string; sortValue?: unknown }, ResolvedAttribute | undefined]>([
    ['a position that no log has', { seq: '9223372036854775808', sortValue: 'x' }, userName],
    ['a number for a text', { sortValue: 7 }, userName],
    ['a boolean for a text', { sortValue: true }, userName],
    ['a text that cannot be stored', { sortValue: 'a\0' }, userName],
    ['half a character', { sortValue: '\ud800' }, userName],
    ['more text than resources are sorted by', { sortValue: 'x'.repeat(513) }, userName],
    ['a text for a boolean', { sortValue: 'x' }, attribute('active')],
    ['a number that is no boolean', { sortValue: 1.5 }, attribute('active')],
    ['a number that no boolean is', { sortValue: 1e308 }, attribute('active')],
    ['a sort value where nothing is sorted', { sortValue: 'x' }, undefined],
    ['no sort value where something is', {}, userName],
  ])('is refused where somebody made it of %s', (_, forged, sort) => {
    const keyset = { direction: 'after', seq: '42', ...forged } as Keyset;
    expect(decodeCursor(scope, encodeCursor(scope, keyset), sort)).toEqual(invalid);
  });

  it.each([
    { ...scope, tenant: 'globex' },
    { ...scope, type: 'Group' },
    { ...scope, filter: undefined },
    { ...scope, sortBy: 'displayName' },
    { ...scope, descending: true },
  ])('is of no use in another query: %j', (other) => {
    expect(decodeCursor(other, encodeCursor(scope, place), userName)).toEqual(invalid);
  });

  it('shows that it was tampered with', () => {
    const token = Buffer.from(encodeCursor(scope, place), 'base64url').toString();
    const forged = Buffer.from(token.replace('42', '43')).toString('base64url');
    expect(decodeCursor(scope, forged, userName)).toEqual(invalid);
  });

  it('takes no text for a cursor that is none', () => {
    for (const text of [
      '',
      '0',
      'null',
      '{}',
      'x'.repeat(100_000),
      Buffer.from('{"place":[[]]}').toString('base64url'),
    ]) {
      expect(decodeCursor(scope, text, userName)).toEqual(invalid);
    }
    fc.assert(fc.property(fc.string(), (text) => expect(decodeCursor(scope, text, userName)).toEqual(invalid)));
  });
});
