import { describe, expect, it } from '@jest/globals';
import { scimError } from '../errors/scim-error.js';
import { errorBody } from './error-body.js';

describe('error body', () => {
  it('gives the status as text and the scimType where there is one', () => {
    expect(errorBody(scimError('nameTaken', { path: 'userName', value: 'ada', resourceType: 'User' }))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: "userName 'ada' is already taken by another User.",
    });
    expect(Object.keys(errorBody(scimError('unauthorized')))).toEqual(['schemas', 'status', 'detail']);
  });
});
