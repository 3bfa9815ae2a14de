import { describe, expect, it } from '@jest/globals';
import { attribute } from '../schema/define-attribute.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { resourceTypeBody, resourceTypeListBody } from './resource-type-bodies.js';
import { schemaBody, schemaListBody } from './schema-bodies.js';
import { serviceProviderConfig } from './service-provider-config.js';

const baseUrl = 'https://scim.test/tenants/a/scim/v2';
const badge = { id: 'urn:acme:scim:badge', name: 'Badge', description: '', attributes: [attribute('number', '')] };
const registry = new SchemaRegistry([{ resourceType: 'Group', schema: badge, required: true }]);

interface AttributeBody {
  readonly name: string;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly AttributeBody[];
}

function attributesOf(name: string): readonly AttributeBody[] {
  const schema = registry.schemas.find((candidate) => candidate.name === name);
  return schema === undefined ? [] : (schemaBody(schema, baseUrl).attributes as unknown as AttributeBody[]);
}

function canonicalTypes(name: string): readonly string[] | undefined {
  const found = attributesOf('User').find((candidate) => candidate.name === name);
  return found?.subAttributes?.find((sub) => sub.name === 'type')?.canonicalValues;
}

describe('discovery', () => {
  it('lists every schema once, in a list response', () => {
    const list = schemaListBody(registry, baseUrl);
    expect(list).toMatchObject({ totalResults: 4, itemsPerPage: 4, startIndex: 1 });
    expect((list.Resources as { name: string }[]).map(({ name }) => name)).toEqual([
      'User',
      'Group',
      'EnterpriseUser',
      'Badge',
    ]);
  });

  it('describes an attribute without keys that have no value', () => {
    expect(schemaBody(badge, baseUrl)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: 'urn:acme:scim:badge',
      name: 'Badge',
      description: '',
      attributes: [
        {
          name: 'number',
          type: 'string',
          multiValued: false,
          description: '',
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
      meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/urn:acme:scim:badge` },
    });
    expect(JSON.stringify(schemaListBody(registry, baseUrl))).not.toMatch(/null|undefined/);
  });

  it('lists externalId for users and groups, and no password', () => {
    for (const name of ['User', 'Group']) {
      expect(attributesOf(name).map((listed) => listed.name)).toContain('externalId');
    }
    expect(attributesOf('User').map((listed) => listed.name)).not.toContain('password');
  });

  it("names the types that Entra's mapping addresses, and none for roles", () => {
    expect(canonicalTypes('emails')).toEqual(['work', 'home', 'other']);
    expect(canonicalTypes('addresses')).toEqual(['work', 'home', 'other']);
    expect(canonicalTypes('phoneNumbers')).toEqual(['work', 'home', 'mobile', 'fax', 'pager', 'other']);
    expect(canonicalTypes('roles')).toBeUndefined();
  });

  it('describes the resource types with their extensions', () => {
    expect(resourceTypeBody(registry.resourceType('Group'), baseUrl)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'Group',
      name: 'Group',
      endpoint: '/Groups',
      description: 'Group',
      schema: 'urn:ietf:params:scim:schemas:core:2.0:Group',
      schemaExtensions: [{ schema: 'urn:acme:scim:badge', required: true }],
      meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/Group` },
    });
    expect(resourceTypeListBody(registry, baseUrl)).toMatchObject({ totalResults: 2 });
  });

  it('says what the server can do and how much of it', () => {
    const config = serviceProviderConfig(
      { bulkOperations: 1000, bulkPayload: 1_048_576, defaultPageSize: 100, maxPageSize: 1000 },
      baseUrl,
    );
    expect(config).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        maxPageSize: 1000,
      },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
    });
  });
});
