import { describe, expect, it } from '@jest/globals';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { readResource } from './read-resource.js';

const registry = new SchemaRegistry();
const read = (members: unknown) => readResource(registry, 'Group', { displayName: 'g', members });

describe('a member in the body of a group', () => {
  it.each([
    [[{ display: 'Mia' }], 0],
    [[{ $ref: 'https://api.acme.test/scim/v2/Users/u-1' }], 0],
    [[{ value: 'u-1' }, { type: 'User', display: null }], 1],
    [[null, {}, { value: '', display: 'Mia' }], 2],
    [[{ id: 'u-1' }], 0],
    [{ display: 'Mia' }, 0],
  ])('is refused where it has no id: %j', (members, place) => {
    const detail = `members[${place}].value is required and must not be empty.`;
    expect(read(members)).toMatchObject({ ok: false, error: { code: 'requiredMissing', detail } });
  });

  it.each([
    [[{ Value: 'u-1' }], [{ value: 'u-1' }]],
    [['u-1', null, {}, '', { value: null }, { value: '', $ref: null }], [{ value: 'u-1' }]],
    ['u-1', [{ value: 'u-1' }]],
    [[{}], undefined],
    [null, undefined],
  ])('is read where it has one, and is none where nothing is said: %j', (sent, members) => {
    expect(read(sent)).toEqual({ ok: true, value: { displayName: 'g', ...(members && { members }) } });
  });
});
