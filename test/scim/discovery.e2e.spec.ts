import { describe, expect, it } from '@jest/globals';
import { enterpriseUrn, groupUrn, userUrn } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const base = () => scim.server.tenantUrl;

describe('/ServiceProviderConfig', () => {
  it('says what this server can do, and no more', async () => {
    expect(expectBody(await scim.client.get('/ServiceProviderConfig'), 200)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 10 * 1024 * 1024 },
      filter: { supported: true, maxResults: 1_000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1_000,
      },
      authenticationSchemes: [expect.objectContaining({ type: 'oauthbearertoken', primary: true })],
      meta: { resourceType: 'ServiceProviderConfig', location: `${base()}/ServiceProviderConfig` },
    });
  });
});

describe('/ResourceTypes', () => {
  it('lists users and groups with their schemas, each also under its own address', async () => {
    const types = expectList(await scim.client.get('/ResourceTypes'), { totalResults: 2 });
    expect(types).toMatchObject([
      {
        id: 'User',
        endpoint: '/Users',
        schema: userUrn,
        schemaExtensions: [{ schema: enterpriseUrn, required: false }],
      },
      { id: 'Group', endpoint: '/Groups', schema: groupUrn, schemaExtensions: [] },
    ]);
    for (const type of types) {
      const location = `${base()}/ResourceTypes/${type['id'] as string}`;
      expect(type['meta']).toEqual({ resourceType: 'ResourceType', location });
      expect(expectBody(await scim.client.get(location.slice(base().length)), 200)).toEqual(type);
    }
  });
});

describe('/Schemas', () => {
  it('lists each schema, each also under its URN in any case', async () => {
    const schemas = expectList(await scim.client.get('/Schemas'), { totalResults: 3 });
    expect(schemas.map(({ id }) => id)).toEqual([userUrn, groupUrn, enterpriseUrn]);
    for (const schema of schemas) {
      const id = schema['id'] as string;
      expect(schema['meta']).toEqual({ resourceType: 'Schema', location: `${base()}/Schemas/${id}` });
      for (const urn of [id, id.toUpperCase(), encodeURIComponent(id)]) {
        expect(expectBody(await scim.client.get(`/Schemas/${urn}`), 200)).toEqual(schema);
      }
    }
  });

  it('says that userName and displayName of groups are unique and required', async () => {
    for (const [urn, name] of [
      [userUrn, 'userName'],
      [groupUrn, 'displayName'],
    ]) {
      const { attributes } = expectBody(await scim.client.get(`/Schemas/${urn}`), 200);
      const expected = expect.objectContaining({ name, required: true, uniqueness: 'server', caseExact: false });
      expect(attributes).toEqual(expect.arrayContaining([expected]));
    }
  });
});

describe.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])('%s', (endpoint) => {
  it('refuses a filter instead of ignoring it', async () => {
    for (const name of ['filter', 'Filter', 'FILTER']) {
      const reply = await scim.client.get(`${endpoint}?${name}=id+eq+%22User%22`);
      expectRefusal(reply, 403, { detail: 'This endpoint takes no filter.' });
    }
  });

  it('is read only', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await scim.client.send(method, endpoint, method === 'DELETE' ? {} : { body: {} });
      expectRefusal(reply, 405, { detail: new RegExp(`^${method} is not supported on .*${endpoint}\\.$`) });
      expect(reply.headers['allow']).toBe('GET');
    }
  });

  it('asks for the token', async () => {
    expect((await scim.client.get(endpoint, { headers: { authorization: undefined } })).status).toBe(401);
  });
});

describe('discovery', () => {
  it.each([
    ['/Schemas/urn:example:nosuch', "Schema 'urn:example:nosuch' does not exist."],
    ['/ResourceTypes/Device', "ResourceType 'Device' does not exist."],
    ['/Schemas/__proto__', "Schema '__proto__' does not exist."],
  ])('knows nothing of %s', async (path, detail) => {
    expectRefusal(await scim.client.get(path), 404, { detail });
  });
});

describe('/Me', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('is not implemented: %s', async (method) => {
    const reply = await scim.client.send(method, '/Me', method === 'GET' || method === 'DELETE' ? {} : { body: {} });
    expectRefusal(reply, 501, { detail: /^There is no \/Me: / });
  });
});
