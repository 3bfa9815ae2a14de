import { describe, expect, it } from '@jest/globals';
import { enterpriseUserSchemaUrn } from '../schema/enterprise-user-schema.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { attribute } from '../schema/define-attribute.js';
import { groupSchemaUrn } from '../schema/group-schema.js';
import { userSchemaUrn } from '../schema/user-schema.js';
import { completeResource, renderResourceHead } from './resource-text.js';

const registry = new SchemaRegistry();
const stored = { id: 'u-1', created: 0, lastModified: Date.UTC(2026, 10, 21, 23, 19, 5, 7), revision: 3 };

describe('resource text', () => {
  it('ends the head behind the version, open for what the request adds', () => {
    const head = renderResourceHead(registry, { ...stored, type: 'User', document: { userName: 'ada' } });
    expect(head).toBe(
      `{"schemas":["${userSchemaUrn}"],"id":"u-1","userName":"ada","meta":{"resourceType":"User",` +
        `"created":"1970-01-01T00:00:00.000Z","lastModified":"2026-11-21T23:19:05.007Z","version":"W/\\"3\\""`,
    );
  });

  it('becomes a whole resource once completed', () => {
    const document = { displayName: 'Treasury "north"', externalId: 'g-1' };
    const head = renderResourceHead(registry, { ...stored, id: 'g-1', type: 'Group', document });
    const location = 'https://scim.test/Groups/g-1';
    const expected = {
      schemas: [groupSchemaUrn],
      id: 'g-1',
      externalId: 'g-1',
      displayName: 'Treasury "north"',
      meta: {
        resourceType: 'Group',
        created: '1970-01-01T00:00:00.000Z',
        lastModified: '2026-11-21T23:19:05.007Z',
        version: 'W/"3"',
        location,
      },
    };
    expect(JSON.parse(completeResource(head, { location }))).toEqual(expected);
    expect(JSON.parse(completeResource(head, { location, members: '[{"value":"u-1"}]' }))).toEqual({
      ...expected,
      members: [{ value: 'u-1' }],
    });
    expect(JSON.parse(completeResource(head, { location, groups: '[]', members: '[]' }))).toEqual(expected);
  });

  it('is the same for equal documents in whatever order they were built', () => {
    const one = {
      userName: 'ada',
      externalId: 'x',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ type: 'work', value: 'a@b.test' }],
      [enterpriseUserSchemaUrn]: { department: 'Risk', employeeNumber: '7' },
    };
    const other = {
      [enterpriseUserSchemaUrn]: { employeeNumber: '7', department: 'Risk' },
      emails: [{ value: 'a@b.test', type: 'work' }],
      name: { familyName: 'Lovelace', givenName: 'Ada' },
      externalId: 'x',
      userName: 'ada',
    };
    const [first, second] = [one, other].map((document) =>
      renderResourceHead(registry, { ...stored, type: 'User', document }),
    );
    expect(first).toBe(second);
    expect(Object.keys(JSON.parse(`${first}}}`))).toEqual([
      'schemas',
      'id',
      'externalId',
      'userName',
      'name',
      'emails',
      enterpriseUserSchemaUrn,
      'meta',
    ]);
  });

  it('lists the schemas that are in use', () => {
    const document = { userName: 'ada', [enterpriseUserSchemaUrn]: { department: 'Risk' } };
    const head = renderResourceHead(registry, { ...stored, type: 'User', document });
    expect(JSON.parse(`${head}}}`).schemas).toEqual([userSchemaUrn, enterpriseUserSchemaUrn]);
  });

  it('keeps members out of the head and secrets out of the text', () => {
    const secretUrn = 'urn:acme:scim:secret';
    const withSecret = new SchemaRegistry([
      {
        resourceType: 'Group',
        required: false,
        schema: {
          id: secretUrn,
          name: 'Secret',
          description: '',
          attributes: [attribute('pin', '', { returned: 'never', mutability: 'writeOnly' }), attribute('members', '')],
        },
      },
    ]);
    const document = {
      displayName: 'Treasury',
      members: [{ value: 'u-1' }],
      [secretUrn]: { pin: '1234', members: 'few' },
    };
    const head = renderResourceHead(withSecret, { ...stored, type: 'Group', document });
    const resource = JSON.parse(`${head}}}`);
    expect(resource.members).toBeUndefined();
    expect(resource[secretUrn]).toEqual({ members: 'few' });
  });
});
