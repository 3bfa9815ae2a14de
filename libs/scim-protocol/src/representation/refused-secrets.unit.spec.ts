import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#kernel';
import { attribute, complex } from '../schema/define-attribute.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { readResource } from './read-resource.js';

describe('the refusal of a resource', () => {
  it('does not repeat what was sent for an attribute that is never returned, or that has such parts', () => {
    const id = 'urn:acme:scim:badge';
    const never = { returned: 'never' } as const;
    const attributes = [
      attribute('pin', '', never),
      attribute('code', '', { ...never, type: 'integer' }),
      attribute('armed', '', { ...never, type: 'boolean' }),
      complex('keys', '', [attribute('value', '', never), attribute('floor', '', { type: 'integer' })], {
        multiValued: true,
      }),
    ];
    const schema = { id, name: 'Badge', description: '', attributes };
    const registry = new SchemaRegistry([{ resourceType: 'User', schema, required: false }]);
    const detail = (badge: JsonValue) => {
      const result = readResource(registry, 'User', { userName: 'ada', [id]: badge });
      return result.ok ? 'accepted' : `${result.error.code}: ${result.error.detail}`;
    };
    expect(detail({ pin: 4711 })).toBe(`wrongType: ${id}:pin must be a string, but a number was sent.`);
    expect(detail({ code: '4711' })).toBe(`wrongType: ${id}:code must be a whole number, but a text was sent.`);
    expect(detail({ armed: 4711 })).toBe(`wrongType: ${id}:armed must be true or false, but a number was sent.`);
    expect(detail({ pin: true })).toBe(`wrongType: ${id}:pin must be a string, but a boolean was sent.`);
    expect(detail({ pin: ['4711'] })).toBe(`wrongType: ${id}:pin must be a string, but a list was sent.`);
    expect(detail({ keys: [4711] })).toBe(`wrongType: ${id}:keys[0] must be an object, but a number was sent.`);
    expect(detail({ keys: '4711', 'keys.floor': 1 })).not.toContain('4711');
    expect(detail({ keys: [{ floor: 'x' }] })).toBe(
      `wrongType: ${id}:keys[0].floor must be a whole number, but 'x' was sent.`,
    );
    expect(detail('4711')).toBe(`wrongType: ${id} must be an object, but a text was sent.`);
  });
});
