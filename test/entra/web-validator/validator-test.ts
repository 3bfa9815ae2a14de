import { expect } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { expectBody, expectList } from '../../support/scim-answers.js';
import type { ScimClient, ScimReply } from '../../support/scim-client.js';
import { valueAt } from '../../support/resource-path.js';
import type { MappedValues, RequestShape } from './request-shapes.js';

/** One of the validator's tests. */
export interface ValidatorTest {
  /** As in the validator's results. */
  readonly name: string;
  /** Whether it comes in both shapes of a PATCH; otherwise it sends none. */
  readonly patches?: true;
  run(client: ScimClient, shape: RequestShape): Promise<void>;
}

/** Asserts the list the validator wants for one match. @returns the match */
export function expectOnly(reply: ScimReply): JsonObject {
  const [only] = expectList(reply, { totalResults: 1 });
  return only as JsonObject;
}

export function expectChanged(reply: ScimReply): void {
  if (reply.status === 204) expect(reply.text).toBe('');
  else expectBody(reply, 200);
}

/** Asserts that a resource holds each value at its path; booleans may have been sent as text. */
export function expectValues(resource: JsonObject, values: MappedValues): void {
  const shown = Object.keys(values).map((path) => [path, valueAt(resource, path)]);
  const wanted = Object.entries(values).map(([path, value]) => [path, value === 'true' ? true : value]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
}
