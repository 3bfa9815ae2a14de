import { describe, expect, it } from '@jest/globals';
import { attribute } from './define-attribute.js';
import { enterpriseUserSchema, enterpriseUserSchemaUrn } from './enterprise-user-schema.js';
import { groupSchemaUrn } from './group-schema.js';
import { SchemaRegistry } from './schema-registry.js';
import { userSchema, userSchemaUrn } from './user-schema.js';

const badgeUrn = 'urn:acme:scim:User';
const vehicleUrn = 'urn:acme:scim:User:vehicle';

const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: badgeUrn,
      name: 'Badge',
      description: 'Badge',
      attributes: [attribute('badge', 'Badge number.'), attribute('title', 'Title on the badge.')],
    },
  },
  {
    resourceType: 'User',
    required: false,
    schema: { id: vehicleUrn, name: 'Vehicle', description: 'Vehicle', attributes: [attribute('plate', 'Plate.')] },
  },
]);

describe('schema registry', () => {
  it('finds attributes and sub-attributes ignoring case', () => {
    expect(registry.resolve('User', { attribute: 'USERNAME' })?.attribute.name).toBe('userName');
    const email = registry.resolve('User', { attribute: 'Emails', subAttribute: 'VALUE' });
    expect(email).toMatchObject({ attribute: { name: 'emails' }, subAttribute: { name: 'value' } });
    expect(email?.schema).toBe(userSchema);
  });

  it('finds an attribute under the URN of its schema and not under that of another', () => {
    const department = { attribute: 'department' };
    const urn = enterpriseUserSchemaUrn.toUpperCase();
    expect(registry.resolve('User', { schema: urn, ...department })).toMatchObject({
      schema: enterpriseUserSchema,
      extension: enterpriseUserSchemaUrn,
    });
    expect(registry.resolve('User', { schema: userSchemaUrn, ...department })).toBeUndefined();
    expect(registry.resolve('User', { schema: groupSchemaUrn, attribute: 'displayName' })).toBeUndefined();
    expect(registry.resolve('Group', { schema: enterpriseUserSchemaUrn, ...department })).toBeUndefined();
  });

  it('looks for an unqualified name in the core schema, then in the extensions in order', () => {
    expect(registry.resolve('User', { attribute: 'manager', subAttribute: 'value' })?.extension).toBe(
      enterpriseUserSchemaUrn,
    );
    expect(registry.resolve('User', { attribute: 'badge' })?.extension).toBe(badgeUrn);
    expect(registry.resolve('User', { attribute: 'title' })?.extension).toBeUndefined();
    expect(registry.resolve('User', { schema: badgeUrn, attribute: 'title' })?.extension).toBe(badgeUrn);
  });

  it('knows the common attributes of every resource', () => {
    expect(registry.resolve('Group', { attribute: 'id' })).toMatchObject({ schema: undefined, extension: undefined });
    expect(registry.resolve('User', { attribute: 'meta', subAttribute: 'lastmodified' })?.subAttribute?.type).toBe(
      'dateTime',
    );
    expect(registry.resolve('User', { schema: userSchemaUrn, attribute: 'meta' })?.attribute.name).toBe('meta');
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'name.givenName', ''])('does not know %j', (name) => {
    expect(registry.resolve('User', { attribute: name })).toBeUndefined();
    expect(registry.resolve('User', { attribute: 'name', subAttribute: name })).toBeUndefined();
    expect(registry.resolve('User', { schema: name, attribute: 'userName' })).toBeUndefined();
    expect(registry.extension('User', name)).toBeUndefined();
  });

  it('splits a name behind the longest URN it begins with', () => {
    const split = (text: string) => {
      const name = registry.splitQualifiedName('User', text);
      return name && [name.schema.id, name.rest];
    };
    expect(split(`${enterpriseUserSchemaUrn.toLowerCase()}:manager.value`)).toEqual([
      enterpriseUserSchemaUrn,
      'manager.value',
    ]);
    expect(split(userSchemaUrn)).toEqual([userSchemaUrn, '']);
    expect(split(`${badgeUrn}:badge`)).toEqual([badgeUrn, 'badge']);
    expect(split(`${vehicleUrn}:plate`)).toEqual([vehicleUrn, 'plate']);
    expect(split(`${badgeUrn}2:badge`)).toBeUndefined();
    expect(split('userName')).toBeUndefined();
    expect(split(`${groupSchemaUrn}:displayName`)).toBeUndefined();
  });

  it('tells extension schemas from the core schema', () => {
    expect(registry.extension('User', enterpriseUserSchemaUrn.toUpperCase())).toBe(enterpriseUserSchema);
    expect(registry.extension('User', userSchemaUrn)).toBeUndefined();
    expect(registry.schemaOf('User', userSchemaUrn)).toBe(userSchema);
  });

  it('finds the schema of any type by its URN', () => {
    expect(registry.schema(groupSchemaUrn.toUpperCase())?.name).toBe('Group');
    expect(registry.schema(vehicleUrn)?.name).toBe('Vehicle');
    expect(registry.schema('__proto__')).toBeUndefined();
  });

  it('lists every top-level attribute once, core ones first', () => {
    const names = registry
      .attributesOf('User')
      .map(({ extension, attribute: { name } }) => `${extension ?? ''}:${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.indexOf(':userName')).toBeLessThan(names.indexOf(`${enterpriseUserSchemaUrn}:department`));
    expect(names).not.toContain(':id');
  });
});
