import { describe, expect, it } from '@jest/globals';
import { allowedMethods } from './endpoints.js';

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
  ])('%s understand %j', (path, methods) => {
    expect(allowedMethods(base + path)).toEqual(methods);
  });

  it.each([`${base}/Nothing`, `${base}/Users/1/2`, '/Users', '/', `${base}`])('do not include %s', (path) => {
    expect(allowedMethods(path)).toBeUndefined();
  });
});
