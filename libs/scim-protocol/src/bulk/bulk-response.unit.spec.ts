import { describe, expect, it } from '@jest/globals';
import { scimError } from '../errors/scim-error.js';
import { renderBulkResponse } from './bulk-response.js';

describe('bulk response', () => {
  it('says of every operation how it ended, with a body for failures only', () => {
    const location = 'https://scim.example/Users/7';
    const text = renderBulkResponse([
      { method: 'POST', bulkId: 'ada', location, version: 'W/"0"', outcome: { status: 201 } },
      {
        method: 'DELETE',
        bulkId: undefined,
        location,
        outcome: scimError('notFound', { resourceType: 'User', id: '7' }),
      },
    ]);
    expect(JSON.parse(text)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [
        { method: 'POST', bulkId: 'ada', location, version: 'W/"0"', status: '201' },
        {
          method: 'DELETE',
          location,
          status: '404',
          response: {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
            status: '404',
            detail: "User '7' does not exist.",
          },
        },
      ],
    });
  });
});
