import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createUser, enterpriseUrn, memberIds, uniqueName } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const bulkResponse = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

async function send(operations: readonly object[], others: object = {}): Promise<JsonObject[]> {
  const request = { schemas: [bulkRequest], Operations: operations, ...others };
  const { schemas, Operations: results, ...rest } = expectBody(await scim.client.post('/Bulk', request), 200);
  expect({ schemas, rest }).toEqual({ schemas: [bulkResponse], rest: {} });
  return results as JsonObject[];
}

const post = (bulkId: string, data: object, path = '/Users') => ({ method: 'POST', path, bulkId, data });
const statuses = (results: readonly JsonObject[]) => results.map(({ status }) => status);
const pathIn = ({ location }: JsonObject) => (location as string).slice(scim.server.tenantUrl.length);

describe('a bulk request', () => {
  it('creates, changes and deletes, each answered as it would be alone', async () => {
    const [changed, replaced, deleted] = [
      await createUser(scim.client),
      await createUser(scim.client),
      await createUser(scim.client),
    ];
    const results = await send([
      post('new', { userName: uniqueName('bulk') }),
      { method: 'PATCH', path: changed.path, data: patchOp({ op: 'Replace', path: 'title', value: 'Lead' }) },
      { method: 'put', path: replaced.path, data: { userName: replaced.name, nickName: 'R' } },
      { method: 'DELETE', path: deleted.path },
    ]);
    expect(statuses(results)).toEqual(['201', '200', '200', '204']);
    expect(results[0]).toMatchObject({ method: 'POST', bulkId: 'new', version: 'W/"0"' });
    expect(results[1]).toMatchObject({ location: `${scim.server.tenantUrl}${changed.path}`, version: 'W/"1"' });
    expectBody(await scim.client.get(pathIn(results[0] as JsonObject)), 200);
    expect(expectBody(await scim.client.get(changed.path), 200)['title']).toBe('Lead');
    expect(expectBody(await scim.client.get(replaced.path), 200)['nickName']).toBe('R');
    expect((await scim.client.get(deleted.path)).status).toBe(404);
  });

  it('puts the ids of what it creates in the place of bulkIds, whatever the order', async () => {
    const results = await send([
      post(
        'team',
        { displayName: uniqueName('team'), members: [{ value: 'bulkId:mia' }, { value: 'bulkId:ben' }] },
        '/Groups',
      ),
      post('mia', { userName: uniqueName('mia'), [enterpriseUrn]: { manager: { value: 'bulkId:ben' } } }),
      post('ben', { userName: uniqueName('ben') }),
      { method: 'PATCH', path: '/Users/bulkId:ben', data: patchOp({ op: 'add', path: 'title', value: 'Boss' }) },
    ]);
    expect(statuses(results)).toEqual(['201', '201', '201', '200']);
    const [team = {}, mia = {}, ben = {}] = results;
    const idOf = (result: JsonObject) => pathIn(result).split('/').at(-1);
    expect((await memberIds(scim.client, pathIn(team))).sort()).toEqual([idOf(mia), idOf(ben)].sort());
    expect(expectBody(await scim.client.get(pathIn(mia)), 200)[enterpriseUrn]).toEqual({
      manager: { value: idOf(ben) },
    });
    expect(expectBody(await scim.client.get(pathIn(ben)), 200)['title']).toBe('Boss');
  });

  it('resolves groups that are members of each other', async () => {
    const nested = (other: string) => ({ displayName: uniqueName('nested'), members: [{ value: `bulkId:${other}` }] });
    const results = await send([post('a', nested('b'), '/Groups'), post('b', nested('a'), '/Groups')]);
    expect(statuses(results)).toEqual(['201', '201']);
    const [a = '', b = ''] = results.map(pathIn);
    expect(await memberIds(scim.client, a)).toEqual([b.split('/').at(-1)]);
    expect(await memberIds(scim.client, b)).toEqual([a.split('/').at(-1)]);
  });

  it('goes on after failures, each answered with its error', async () => {
    const taken = await createUser(scim.client);
    const results = await send([
      post('taken', { userName: taken.name }),
      post('nameless', {}),
      { method: 'DELETE', path: '/Users/nosuch' },
      { method: 'PATCH', path: taken.path, version: 'W/"9"', data: patchOp({ op: 'add', path: 'title', value: 'x' }) },
      post('dangling', { displayName: uniqueName('g'), members: [{ value: 'bulkId:nobody' }] }, '/Groups'),
      { method: 'GET', path: taken.path },
      { method: 'POST', path: '/Devices', bulkId: 'd', data: {} },
      post('good', { userName: uniqueName('good') }),
    ]);
    expect(statuses(results)).toEqual(['409', '400', '404', '412', '409', '400', '400', '201']);
    expect(results[0]?.['response']).toMatchObject({ status: '409', scimType: 'uniqueness' });
    for (const { response } of results.slice(0, -1)) {
      expect(response).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        detail: expect.any(String),
      });
    }
    expect(expectBody(await scim.client.get(taken.path), 200)).toEqual(taken.body);
  });

  it('stops after as many errors as it says', async () => {
    const name = uniqueName('late');
    const operations = [{ method: 'DELETE', path: '/Users/nosuch' }, post('late', { userName: name })];
    expect(statuses(await send(operations, { failOnErrors: 1 }))).toEqual(['404']);
    expectList(await scim.client.find('/Users', `userName eq "${name}"`), { totalResults: 0 });
    expect(statuses(await send(operations, { failOnErrors: 2 }))).toEqual(['404', '201']);
  });

  it('may be empty', async () => {
    expect(await send([])).toEqual([]);
  });

  it('of more than a thousand operations is refused as a whole', async () => {
    const operations = Array.from({ length: 1_001 }, (_, index) =>
      post(`b-${index}`, { userName: uniqueName('many') }),
    );
    const before = expectBody(await scim.client.get('/Users?count=0'), 200)['totalResults'];
    expectRefusal(await scim.client.post('/Bulk', { Operations: operations }), 413, { detail: /1001.*1000|1000/ });
    expect(expectBody(await scim.client.get('/Users?count=0'), 200)['totalResults']).toBe(before);
  });

  it.each<[object, string]>([
    [{}, 'invalidSyntax'],
    [{ Operations: 'x' }, 'invalidSyntax'],
    [{ Operations: [], failOnErrors: 0 }, 'invalidValue'],
  ])('that is none is refused: %j', async (request, scimType) => {
    expectRefusal(await scim.client.post('/Bulk', request), 400, { scimType, detail: /.{15}/ });
  });
});
