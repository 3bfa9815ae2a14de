import { expect } from '@jest/globals';
import type { JsonValue } from '#kernel';
import { SchemaRegistry } from '../../schema/schema-registry.js';
import { readPatchRequest } from '../read-patch-request.js';
import { splitMembership } from '../split-membership.js';

const registry = new SchemaRegistry();

/** Reads a request with these operations and takes it apart. */
export function split(...Operations: JsonValue[]) {
  const request = readPatchRequest({ Operations }, { mostOperations: 20_000 });
  if (!request.ok) throw new Error(request.error.detail);
  return splitMembership(registry, request.value);
}

/** What operations that concern members only do to them. */
export function membership(...operations: JsonValue[]) {
  const result = split(...operations);
  if (!result.ok) throw new Error(result.error.detail);
  expect(result.value.attributes.operations).toEqual([]);
  return result.value.membership;
}

/** The `scimType` and the detail of the refusal. */
export function refusal(operation: JsonValue) {
  const result = split(operation);
  if (result.ok) throw new Error('the operation was accepted');
  return [result.error.scimType, result.error.detail];
}

export const members = (...ids: string[]) => ids.map((value) => ({ value }));
