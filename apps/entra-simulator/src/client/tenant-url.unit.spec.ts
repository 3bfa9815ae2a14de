import { describe, expect, it } from '@jest/globals';
import { parseTenantUrl, requestTarget } from './tenant-url.js';

const target = (url: string, path: string) => {
  const tenant = parseTenantUrl(url);
  return tenant.ok ? tenant.value.origin + requestTarget(tenant.value, path) : tenant.error;
};

describe('a tenant URL', () => {
  it('may end with a slash or not', () => {
    expect(target('https://api.acme.test/scim/v2', '/Users/1')).toBe('https://api.acme.test/scim/v2/Users/1');
    expect(target('https://api.acme.test/scim/v2/', '/Users/1')).toBe('https://api.acme.test/scim/v2/Users/1');
  });

  it('lets its flag leak into every request', () => {
    const flagged = 'https://api.acme.test/scim/v2?aadOptscim062020';
    expect(target(flagged, '/Users')).toBe('https://api.acme.test/scim/v2/Users?aadOptscim062020');
    expect(target(flagged, '/Users?filter=a+eq+%22?%22')).toBe(
      'https://api.acme.test/scim/v2/Users?aadOptscim062020&filter=a+eq+%22?%22',
    );
  });

  it('is refused with its own text where it is none', () => {
    expect(target('acme', '/Users')).toMatch(/^"acme" is not a tenant URL/);
    expect(target('ftp://acme.test/scim', '/Users')).toMatch(/is not a tenant URL/);
  });
});
