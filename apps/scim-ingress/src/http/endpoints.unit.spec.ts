import { describe, expect, it } from '@jest/globals';
import { allowedMethods, pathOf } from './endpoints.js';

const base = '/tenants/default/scim/v2';

describe('the endpoints', () => {
  it.each([
    ['/Users', ['GET', 'POST']],
    ['/Users/?filter=x', ['GET', 'POST']],
    ['//Groups', ['GET', 'POST']],
    ['/Users/42', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/Users/.search', ['POST']],
    ['/.search', ['POST']],
    ['/Schemas/urn:x', ['GET']],
    ['/Bulk', ['POST']],
    ['/users', ['GET', 'POST']],
  ])('%s understand %j', (path, methods) => {
    expect(allowedMethods(base + path)).toEqual(methods);
  });

  it.each([`${base}/Nothing`, `${base}/Users/1/2`, '/Users', '/', `${base}`])('do not include %s', (path) => {
    expect(allowedMethods(path)).toBeUndefined();
  });
});

describe('the path of a request', () => {
  it.each([
    ['/Users?filter=a//b', '/Users'],
    ['//tenants///acme/scim/v2/Users/', '/tenants/acme/scim/v2/Users/'],
    ['http://elsewhere.test/tenants/acme/scim/v2/Users?x', '/tenants/acme/scim/v2/Users'],
    ['HTTPS://user@elsewhere.test:8443/Users', '/Users'],
    ['*', '*'],
  ])('of %s is %s', (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});
