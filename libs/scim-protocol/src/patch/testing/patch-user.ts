import { expect } from '@jest/globals';
import type { JsonObject, JsonValue } from '#kernel';
import { attribute, complex } from '../../schema/define-attribute.js';
import { SchemaRegistry } from '../../schema/schema-registry.js';
import { applyPatch } from '../apply-patch.js';
import { readPatchRequest } from '../read-patch-request.js';

export const vehicleUrn = 'urn:acme:2.0:User';
export const badgeUrn = 'urn:badge:2.0:User';

const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: vehicleUrn,
      name: 'Vehicle',
      description: '',
      attributes: [
        attribute('hired', '', { mutability: 'immutable' }),
        attribute('tags', '', { multiValued: true }),
        complex('vehicles', '', [attribute('plate', '', { required: true }), attribute('colour', '')], {
          multiValued: true,
        }),
      ],
    },
  },
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: badgeUrn,
      name: 'Badge',
      description: '',
      attributes: [attribute('number', '', { required: true }), attribute('floor', '')],
    },
  },
]);

/** Reads and applies a request with these operations, and sees to it that the document it began with is left alone. */
export function patch(document: JsonObject, ...Operations: JsonValue[]) {
  const before = structuredClone(document);
  const request = readPatchRequest({ Operations }, { mostOperations: 20_000 });
  if (!request.ok) throw new Error(request.error.detail);
  const result = applyPatch(registry, 'User', document, request.value);
  expect(document).toEqual(before);
  return result;
}

export function patched(document: JsonObject, ...operations: JsonValue[]): JsonObject {
  const result = patch(document, ...operations);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

/** The `scimType` and the detail of the refusal. */
export function refusal(document: JsonObject, ...operations: JsonValue[]) {
  const result = patch(document, ...operations);
  if (result.ok) throw new Error('the patch was applied');
  return [result.error.scimType, result.error.detail];
}

export const mia: JsonObject = { userName: 'mlind@acme.test' };
export const work = { type: 'work', value: 'mlind@acme.test', primary: true };
export const home = { type: 'home', value: 'mia@home.test' };
