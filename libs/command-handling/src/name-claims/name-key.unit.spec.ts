import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldCase, type TenantId } from '#kernel';
import { nameKey } from './name-key.js';

const secret = createSecretKey(Buffer.from('secret'));
const acme = 'acme' as TenantId;

describe('nameKey', () => {
  it('is the same exactly for names that are the same name', () => {
    const name = fc.string({ unit: 'grapheme' });
    const property = fc.property(name, name, (one, other) => {
      const keys = [one, other].map((text) => nameKey(secret, acme, 'user-name', text));
      expect(keys[0] === keys[1]).toBe(foldCase(one) === foldCase(other));
    });
    fc.assert(property, {
      seed: 20260101,
      examples: [
        ['Mia@acme.test', 'mia@ACME.test'],
        ['STRASSE', 'straße'],
      ],
    });
  });

  it('differs between tenants, kinds of names and secrets', () => {
    const keys = [
      nameKey(secret, acme, 'user-name', 'mia'),
      nameKey(secret, 'other' as TenantId, 'user-name', 'mia'),
      nameKey(secret, acme, 'group-display-name', 'mia'),
      nameKey(createSecretKey(Buffer.from('another')), acme, 'user-name', 'mia'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('fits into a stream name and tells nothing of the name', () => {
    expect(nameKey(secret, acme, 'user-name', 'mia-\0.\n')).toMatch(/^[0-9a-f]{40}$/);
  });
});
