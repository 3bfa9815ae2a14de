import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Keyset } from './keyset.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';

const scope = { tenant: 'acme', type: 'User', filter: 'active eq true', sortBy: 'userName', descending: false };
const place: Keyset = { direction: 'after', seq: '42', sortValue: 'anna' };

const invalid = expect.objectContaining({ ok: false, error: expect.objectContaining({ scimType: 'invalidCursor' }) });

describe('a list cursor', () => {
  it('leads back to the place it was made for', () => {
    const sortValue = fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()));
    const places = fc.oneof(
      fc.record({ direction: fc.constantFrom('after' as const, 'before' as const), seq: fc.nat().map(String) }),
      fc.record({ direction: fc.constant('before' as const), seq: fc.constant('9223372036854775807'), sortValue }),
    );
    fc.assert(
      fc.property(places, (keyset) => {
        expect(decodeCursor(scope, encodeCursor(scope, keyset))).toEqual({ ok: true, value: keyset });
      }),
    );
  });

  it.each([
    { ...scope, tenant: 'globex' },
    { ...scope, type: 'Group' },
    { ...scope, filter: undefined },
    { ...scope, sortBy: 'displayName' },
    { ...scope, descending: true },
  ])('is of no use in another query: %j', (other) => {
    expect(decodeCursor(other, encodeCursor(scope, place))).toEqual(invalid);
  });

  it('shows that it was tampered with', () => {
    const token = Buffer.from(encodeCursor(scope, place), 'base64url').toString();
    const forged = Buffer.from(token.replace('42', '43')).toString('base64url');
    expect(decodeCursor(scope, forged)).toEqual(invalid);
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
      expect(decodeCursor(scope, text)).toEqual(invalid);
    }
    fc.assert(fc.property(fc.string(), (text) => expect(decodeCursor(scope, text)).toEqual(invalid)));
  });
});
