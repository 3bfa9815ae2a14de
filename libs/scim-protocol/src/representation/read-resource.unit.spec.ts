import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonEquals, type JsonObject } from '#kernel';
import { attribute } from '../schema/define-attribute.js';
import { enterpriseUserSchemaUrn } from '../schema/enterprise-user-schema.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { readResource } from './read-resource.js';
import { completeResource, renderResourceHead } from './resource-text.js';
import { enterpriseUser, fullUser, group, minimalUser } from './testing/rfc-7643-resources.js';

const registry = new SchemaRegistry();

function accepted(type: ResourceTypeName, body: unknown, schemas = registry): JsonObject {
  const result = readResource(schemas, type, body);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

const user = (body: object) => accepted('User', { userName: 'ada', ...body });

function refusal(type: ResourceTypeName, body: unknown, schemas = registry): string {
  const result = readResource(schemas, type, body);
  return result.ok ? 'accepted' : `${result.error.code}: ${result.error.detail}`;
}

function rendered(type: ResourceTypeName, document: JsonObject, members?: unknown): Record<string, unknown> {
  const head = renderResourceHead(registry, { type, id: 'x', document, created: 0, lastModified: 0, revision: 0 });
  return JSON.parse(
    completeResource(head, { location: 'x', members: members === undefined ? undefined : JSON.stringify(members) }),
  );
}

describe('reading a resource', () => {
  it.each([
    ['minimal user', 'User' as const, minimalUser],
    ['full user', 'User' as const, fullUser],
    ['enterprise user', 'User' as const, enterpriseUser],
    ['group', 'Group' as const, group],
  ])('keeps all a client may write of the %s of RFC 7643', (_, type, example) => {
    const { id, meta, password, groups, ...written } = { password: '', groups: [], ...example };
    const expected: Record<string, unknown> = structuredClone(written);
    const extension = expected[enterpriseUserSchemaUrn] as { manager: { displayName?: string } } | undefined;
    delete extension?.manager.displayName;
    const document = accepted(type, example);
    const answer = rendered(type, document, document.members);
    expect(answer).toEqual({ ...expected, id: 'x', meta: expect.anything() });
    expect([id, meta, password, groups]).not.toContain(undefined);
  });

  it('takes the body Entra sends for a user', () => {
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUserSchemaUrn],
      externalId: 'mlind',
      userName: 'mlind@acme.test',
      active: true,
      emails: [{ primary: true, type: 'work', value: 'mlind@acme.test' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Mia Lind', familyName: 'Lind', givenName: 'Mia' },
      phoneNumbers: [{ type: 'work', value: '555-0199' }],
      roles: [],
      [enterpriseUserSchemaUrn]: { department: 'Risk', employeeNumber: 'E-881' },
    };
    const { schemas: _schemas, meta: _meta, roles: _roles, ...expected } = body;
    expect(accepted('User', body)).toEqual(expected);
  });

  it('takes the body of the documentation, with nulls, a malformed URN and extension attributes at the top', () => {
    const body = {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0User',
      ],
      userName: 'ada',
      active: 'True',
      addresses: null,
      title: null,
      manager: null,
      department: 'Risk',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { division: 'lost' },
    };
    expect(accepted('User', body)).toEqual({
      userName: 'ada',
      active: true,
      [enterpriseUserSchemaUrn]: { department: 'Risk' },
    });
  });

  it('takes the body Entra sends for a group', () => {
    const body = {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: '5b7c0f3e-0000-4000-8000-00000000000a',
      displayName: 'Treasury',
      meta: { resourceType: 'Group' },
    };
    expect(accepted('Group', body)).toEqual({
      externalId: '5b7c0f3e-0000-4000-8000-00000000000a',
      displayName: 'Treasury',
    });
  });

  it.each([{}, { schemas: [] }, { schemas: null }, { schemas: 'x' }, { schemas: ['urn:unknown'] }])(
    'does not depend on schemas: %j',
    (schemas) => {
      const extension = { [enterpriseUserSchemaUrn]: { manager: 'u-2' } };
      expect(user({ ...schemas, ...extension })).toEqual({
        userName: 'ada',
        [enterpriseUserSchemaUrn]: { manager: { value: 'u-2' } },
      });
    },
  );

  it('spells names as the schema does, and lets the last of two spellings count', () => {
    expect(accepted('User', { USERNAME: 'ada', username: 'bob', Name: { GIVENNAME: 'Ada' } })).toEqual({
      userName: 'bob',
      name: { givenName: 'Ada' },
    });
    expect(user({ title: 'x', Title: null })).toEqual({ userName: 'ada' });
    expect(user({ [enterpriseUserSchemaUrn.toUpperCase()]: { Department: 'Risk' } })).toEqual({
      userName: 'ada',
      [enterpriseUserSchemaUrn]: { department: 'Risk' },
    });
  });

  it('prefers a value under its URN to one at the top', () => {
    const body = { [enterpriseUserSchemaUrn]: { department: 'Risk' }, department: 'Sales' };
    expect(user(body)).toEqual({ userName: 'ada', [enterpriseUserSchemaUrn]: { department: 'Risk' } });
  });

  it('drops what is unknown, read-only or has no value', () => {
    const body = {
      id: 'mine',
      meta: { version: 'x' },
      groups: [{ value: 'g-1' }],
      password: 'secret',
      shoeSize: 44,
      title: '',
      emails: [{ value: '' }],
      [enterpriseUserSchemaUrn]: { manager: { value: '' }, department: null },
    };
    expect(user(body)).toEqual({ userName: 'ada' });
    expect(user({ [enterpriseUserSchemaUrn]: null })).toEqual({ userName: 'ada' });
  });

  it('says which required attribute is missing', () => {
    expect(refusal('User', {})).toBe('requiredMissing: userName is required and must not be empty.');
    expect(refusal('User', { userName: '' })).toMatch(/^requiredMissing: userName/);
    expect(refusal('User', { userName: null })).toMatch(/^requiredMissing: userName/);
    expect(refusal('Group', { userName: 'x' })).toMatch(/^requiredMissing: displayName/);
  });

  it('asks for what a declared extension requires', () => {
    const id = 'urn:acme:scim:badge';
    const attributes = [attribute('number', '', { required: true, type: 'integer' }), attribute('door', '')];
    const schema = { id, name: 'Badge', description: '', attributes };
    const optional = new SchemaRegistry([{ resourceType: 'Group', schema, required: false }]);
    const required = new SchemaRegistry([{ resourceType: 'Group', schema, required: true }]);
    const displayName = 'Treasury';
    expect(refusal('Group', { displayName }, optional)).toBe('accepted');
    expect(refusal('Group', { displayName }, required)).toContain(`${id} is required`);
    expect(refusal('Group', { displayName, [id]: { door: 'D' } }, optional)).toContain(`${id}:number is required`);
    expect(refusal('Group', { displayName, [id]: { number: '7' } }, optional)).toBe(
      `wrongType: ${id}:number must be a whole number, but '7' was sent.`,
    );
    expect(accepted('Group', { displayName, number: 7 }, required)).toEqual({ displayName, [id]: { number: 7 } });
  });

  it.each([null, 7, 'x', [], [{}], undefined])('refuses %j as a body', (body) => {
    expect(refusal('User', body)).toMatch(/^bodyNotObject/);
  });

  it('refuses an extension that is no object', () => {
    expect(refusal('User', { userName: 'ada', [enterpriseUserSchemaUrn]: ['x'] })).toBe(
      `wrongType: ${enterpriseUserSchemaUrn} must be an object, but a list was sent.`,
    );
  });

  it('is not fooled by names that every object has', () => {
    const names = '"__proto__":{"userName":"x"},"constructor":{"prototype":1},"toString":1,"hasOwnProperty":1';
    const body: unknown = JSON.parse(`{"userName":"ada",${names},"${enterpriseUserSchemaUrn}":{${names}}}`);
    expect(accepted('User', body)).toEqual({ userName: 'ada' });
  });

  it('does not descend into what it does not know', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    expect(user({ unknown: deep, meta: deep })).toEqual({ userName: 'ada' });
    expect(refusal('User', { userName: 'ada', title: deep })).toMatch(/^wrongType: title/);
    expect(refusal('User', { userName: 'ada', emails: deep })).toMatch(/^wrongType: emails\[0]/);
    expect(refusal('User', { userName: 'ada', manager: deep })).toMatch(/^wrongType: .*manager/);
  });

  it('reads twenty-five thousand members, and no more', () => {
    const members = Array.from({ length: 25_000 }, (_, index) => ({ $ref: null, value: `u-${index}` }));
    expect(accepted('Group', { displayName: 'All', members }).members).toHaveLength(25_000);
    expect(refusal('Group', { displayName: 'All', members: [...members, { value: 'u' }] })).toMatch(
      /^payloadTooLarge: The request names more than 25000 members\./,
    );
  });

  it('reads five thousand values of an attribute, and no more', () => {
    const emails = Array.from({ length: 5_000 }, (_, index) => ({ value: `${index}@acme.test` }));
    expect(user({ emails }).emails).toHaveLength(5_000);
    expect(refusal('User', { userName: 'ada', emails: [...emails, null] })).toBe(
      'tooManyValues: emails cannot have more than 5000 values.',
    );
  });

  it('reads a large photo, but not a resource without measure', () => {
    const photo = (letters: number) => ({ value: 'A'.repeat(letters) });
    expect(user({ photos: [photo(1_048_576)] }).photos).toHaveLength(1);
    expect(refusal('User', { userName: 'ada', photos: [photo(1_048_576), photo(1_048_576)] })).toBe(
      'resourceTooLarge: The User would be larger than 2097152 characters. Remove values before you add others.',
    );
    const display = 'x'.repeat(60_000);
    const members = Array.from({ length: 40 }, (_, index) => ({ value: `${index}`, display }));
    expect(accepted('Group', { displayName: 'All', members }).members).toHaveLength(40);
  });

  const names = [...registry.attributesOf('User'), ...registry.attributesOf('Group')].map(
    (known) => known.attribute.name,
  );
  const keys = fc.constantFrom(...names, 'USERNAME', 'value', 'type', 'primary', enterpriseUserSchemaUrn, '__proto__');
  const bodies = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, '', 'x', 'True', 'a\0', '\udc00', 7, -0, Infinity, true, [], {}),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  })).object;

  it('never throws, and reads what it has rendered as the same document', () => {
    fc.assert(
      fc.property(fc.constantFrom('User' as const, 'Group' as const), bodies, (type, body) => {
        const named = { userName: 'ada', displayName: 'Treasury', ...(body as object) };
        readResource(registry, type, body);
        const first = readResource(registry, type, named);
        if (!first.ok) return;
        const again = readResource(registry, type, rendered(type, first.value, first.value.members));
        expect(again.ok && jsonEquals(again.value, first.value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void readResource(registry, 'User', body)));
  });
});

describe('the flat names of a PATCH in a body', () => {
  const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

  it.each<[object, object]>([
    [{ [`${enterpriseUserSchemaUrn}:department`]: 'Risk' }, { [enterpriseUserSchemaUrn]: { department: 'Risk' } }],
    [{ [`${core}:title`]: 'x' }, { title: 'x' }],
    [{ [core]: { title: 'x', 'name.givenName': 'Mia' } }, { title: 'x', name: { givenName: 'Mia' } }],
    [{ 'NAME.givenName': 'Mia', name: { familyName: 'Lind' } }, { name: { givenName: 'Mia', familyName: 'Lind' } }],
    [
      { [enterpriseUserSchemaUrn]: { 'manager.value': 'u-2' }, [`${enterpriseUserSchemaUrn}:division`]: 'D' },
      { [enterpriseUserSchemaUrn]: { division: 'D', manager: { value: 'u-2' } } },
    ],
    [{ 'emails.value': 'm@acme.test' }, { emails: [{ value: 'm@acme.test' }] }],
    [{ 'name.nothing': 'x', 'no.such.name': 'x', 'urn:none:title': 'x', 'unknown[0]': 'x' }, {}],
  ])('are understood: %j', (sent, kept) => {
    expect(user(sent)).toEqual({ userName: 'ada', ...kept });
  });

  it('are refused where they cannot be', () => {
    expect(refusal('User', { userName: 'ada', 'emails[type eq "work"].value': 'x' })).toBe(
      `invalidSyntax: 'emails[type eq "work"].value' can be written by a PATCH only; send a list of values.`,
    );
    expect(refusal('User', { userName: 'ada', emails: ['a'], 'emails.value': 'b' })).toBe(
      'wrongType: emails must be an object beside its parts, but a list was sent.',
    );
  });
});
