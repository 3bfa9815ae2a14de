import { describe, expect, it } from '@jest/globals';
import { renderListResponse } from './list-response.js';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];

describe('list response', () => {
  it('holds an empty list where nothing matches', () => {
    expect(renderListResponse({ totalResults: 0, startIndex: 1, resources: [] })).toBe(
      `{"schemas":["${schemas[0]}"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`,
    );
  });

  it('joins the texts of resources', () => {
    const text = renderListResponse({ totalResults: 7, startIndex: 3, resources: ['{"id":"a"}', '{"id":"b"}'] });
    expect(JSON.parse(text)).toEqual({
      schemas,
      totalResults: 7,
      startIndex: 3,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('carries cursors in place of a start index', () => {
    const text = renderListResponse({ totalResults: 7, nextCursor: 'n', previousCursor: 'p', resources: ['{}'] });
    expect(JSON.parse(text)).toEqual({
      schemas,
      totalResults: 7,
      itemsPerPage: 1,
      nextCursor: 'n',
      previousCursor: 'p',
      Resources: [{}],
    });
  });
});
