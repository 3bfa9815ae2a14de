import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#kernel';
import { BearerCredentials, generateToken, storedCredential } from './bearer-credentials.js';

const acme = 'acme' as TenantId;
const other = 'other' as TenantId;

describe('bearer credentials', () => {
  it('recognise a token and say which credential it is', () => {
    const token = generateToken();
    const credentials = new BearerCredentials([
      storedCredential('entra', acme, token),
      storedCredential('second', acme, generateToken()),
    ]);
    expect(credentials.find(acme, token)).toBe('entra');
  });

  it('know nothing of a token of another tenant, of no tenant, or of one letter more', () => {
    const token = generateToken();
    const credentials = new BearerCredentials([storedCredential('entra', acme, token)]);
    expect(credentials.find(other, token)).toBeUndefined();
    expect(credentials.find(acme, `${token}x`)).toBeUndefined();
    expect(credentials.find(acme, '')).toBeUndefined();
  });

  it('are kept without the token, and differently each time', () => {
    const token = generateToken();
    const [first, second] = [storedCredential('a', acme, token), storedCredential('a', acme, token)];
    expect(JSON.stringify(first)).not.toContain(token);
    expect(first.digest).not.toBe(second.digest);
  });

  it('are generated in the form that configuration accepts', () => {
    expect(generateToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
