import { expect } from '@jest/globals';
import type { JsonObject } from '#kernel';
import type { ScimReply } from './scim-client.js';

const scimMediaType = 'application/scim+json; charset=utf-8';

/** What a refusal says besides its status. */
export interface ExpectedRefusal {
  readonly scimType?: string;
  /** The whole detail, or a pattern of what an administrator has to learn from it. */
  readonly detail: string | RegExp;
}

/** Asserts a SCIM error (RFC 7644 section 3.12) that holds nothing but what it should. */
export function expectRefusal(reply: ScimReply, status: number, { scimType, detail }: ExpectedRefusal): void {
  expect(reply.body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
  });
  expect(reply.status).toBe(status);
  expect(reply.headers['content-type']).toBe(scimMediaType);
}

/** Asserts an answer with a body. @returns the body */
export function expectBody(reply: ScimReply, status: 200 | 201): JsonObject {
  expect({ status: reply.status, ...(reply.status !== status && { body: reply.body }) }).toEqual({ status });
  expect(reply.headers['content-type']).toBe(scimMediaType);
  return reply.body;
}

/** Asserts an answer without one. */
export function expectNoContent(reply: ScimReply): void {
  expect({ status: reply.status, text: reply.text }).toEqual({ status: 204, text: '' });
  expect(reply.headers['content-type']).toBeUndefined();
}

/** Asserts a list answered to index paging, complete in every key. @returns its resources */
export function expectList(reply: ScimReply, expected: { totalResults: number; startIndex?: number }): JsonObject[] {
  const { Resources: resources, ...page } = expectBody(reply, 200) as JsonObject & { Resources: JsonObject[] };
  expect(page).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: expected.totalResults,
    startIndex: expected.startIndex ?? 1,
    itemsPerPage: resources.length,
  });
  return resources;
}
