import { beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createGroup, createUser, type Created, enterpriseUrn, userUrn } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const searchRequest = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const titles = ['lead', 'Analyst', 'Boss', undefined, 'analyst b', 'Çelo', 'zeta'];
const everyone: Created[] = [];
let group: Created;

beforeAll(async () => {
  for (const [index, title] of titles.entries()) {
    const [userName, division] = [`u-${index}@acme.test`, `D${index % 3}`];
    const emails = [{ type: 'work', value: `w${9 - index}@acme.test`, primary: true }];
    everyone.push(await createUser(scim.client, { userName, title, emails, [enterpriseUrn]: { division } }));
  }
  group = await createGroup(scim.client, { displayName: 'zeta', members: [{ value: everyone[0]?.id }] });
});

const users = async (query: string) =>
  expectList(await scim.client.get(`/Users?${query}`), { totalResults: titles.length });
const names = (resources: readonly JsonObject[]) =>
  resources.map(({ userName }) => String(userName as string).slice(0, 3));

describe('sorting', () => {
  it.each([
    ['sortBy=userName&startIndex=1', ['u-0', 'u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6']],
    ['sortBy=userName&sortOrder=descending&startIndex=1', ['u-6', 'u-5', 'u-4', 'u-3', 'u-2', 'u-1', 'u-0']],
    ['sortBy=title&sortOrder=ascending&startIndex=1', ['u-1', 'u-4', 'u-2', 'u-0', 'u-6', 'u-5', 'u-3']],
    ['sortBy=TITLE&sortOrder=DESCENDING&startIndex=1', ['u-3', 'u-5', 'u-6', 'u-0', 'u-2', 'u-4', 'u-1']],
    ['sortBy=emails.value&startIndex=1', ['u-6', 'u-5', 'u-4', 'u-3', 'u-2', 'u-1', 'u-0']],
    ['sortBy=emails&startIndex=1', ['u-6', 'u-5', 'u-4', 'u-3', 'u-2', 'u-1', 'u-0']],
    [`sortBy=${enterpriseUrn}:division&startIndex=1`, ['u-0', 'u-3', 'u-6', 'u-1', 'u-4', 'u-2', 'u-5']],
    ['sortBy=meta.created&sortOrder=descending&startIndex=1', ['u-6', 'u-5', 'u-4', 'u-3', 'u-2', 'u-1', 'u-0']],
  ])('orders ignoring case, what has no value last: %s', async (query, expected) => {
    expect(names(await users(query))).toEqual(expected);
  });

  it.each([
    ['sortBy=nosuch', 'sortBy names no attribute of a User.'],
    ['sortBy=userName&sortOrder=upwards', /sortOrder/],
    ['sortBy=emails[type', 'sortBy names no attribute of a User.'],
  ])('is refused where it makes no sense: %s', async (query, detail) => {
    expectRefusal(await scim.client.get(`/Users?${query}`), 400, { scimType: 'invalidValue', detail });
  });
});

describe('index paging', () => {
  it.each([
    ['startIndex=1&count=3', 1, ['u-0', 'u-1', 'u-2']],
    ['startIndex=4&count=3', 4, ['u-3', 'u-4', 'u-5']],
    ['startIndex=7&count=3', 7, ['u-6']],
    ['startIndex=8&count=3', 8, []],
    ['startIndex=1000000000&count=3', 1_000_000_000, []],
    ['startIndex=0&count=1', 1, ['u-0']],
    ['startIndex=-5&count=1', 1, ['u-0']],
    ['startIndex=1&count=0', 1, []],
    ['startIndex=1&count=-3', 1, []],
    ['startIndex=6&count=1000000', 6, ['u-5', 'u-6']],
    ['startIndex=6', 6, ['u-5', 'u-6']],
  ])('answers the page that was asked for, and the number of all: %s', async (query, startIndex, expected) => {
    const reply = await scim.client.get(`/Users?${query}&sortBy=userName`);
    expect(names(expectList(reply, { totalResults: titles.length, startIndex }))).toEqual(expected);
  });

  it.each(['startIndex=one', 'count=many', 'count=1.5', 'startIndex=', 'count=1&count=2', 'startIndex=1e99'])(
    'refuses what is no number: %s',
    async (query) => {
      expectRefusal(await scim.client.get(`/Users?${query}`), 400, {
        scimType: 'invalidValue',
        detail: /startIndex|count/,
      });
    },
  );
});

describe('cursor paging (RFC 9865)', () => {
  async function readPages(first: string, others: string): Promise<{ pages: string[][]; bodies: JsonObject[] }> {
    const bodies = [expectBody(await scim.client.get(`/Users?${first}`), 200)];
    for (let next = bodies[0]?.['nextCursor']; typeof next === 'string'; next = bodies.at(-1)?.['nextCursor']) {
      bodies.push(expectBody(await scim.client.get(`/Users?${others}&cursor=${encodeURIComponent(next)}`), 200));
    }
    return { bodies, pages: bodies.map(({ Resources }) => names(Resources as JsonObject[])) };
  }

  it.each([
    ['cursor&count=3', 'count=3', [['u-0', 'u-1', 'u-2'], ['u-3', 'u-4', 'u-5'], ['u-6']]],
    ['count=3', 'count=3', [['u-0', 'u-1', 'u-2'], ['u-3', 'u-4', 'u-5'], ['u-6']]],
    [
      'cursor=&count=4&sortBy=title',
      'count=4&sortBy=title',
      [
        ['u-1', 'u-4', 'u-2', 'u-0'],
        ['u-6', 'u-5', 'u-3'],
      ],
    ],
    [
      'count=3&sortBy=title&sortOrder=descending',
      'count=3&sortBy=title&sortOrder=descending',
      [['u-3', 'u-5', 'u-6'], ['u-0', 'u-2', 'u-4'], ['u-1']],
    ],
    [
      'count=2&filter=title+pr',
      'count=2&filter=title+pr',
      [
        ['u-0', 'u-1'],
        ['u-2', 'u-4'],
        ['u-5', 'u-6'],
      ],
    ],
    ['cursor&count=7', 'count=7', [['u-0', 'u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6']]],
  ])('reads everybody once: %s', async (first, others, expected) => {
    const { pages, bodies } = await readPages(first, others);
    expect(pages).toEqual(expected);
    expect(bodies.at(-1)).not.toHaveProperty('nextCursor');
    for (const body of bodies) expect(body['totalResults']).toBe(expected.flat().length);
    for (const body of bodies.slice(1)) expect(body).not.toHaveProperty('startIndex');
  });

  it('goes back by previousCursor', async () => {
    const first = expectBody(await scim.client.get('/Users?cursor&count=3'), 200);
    const second = expectBody(await scim.client.get(`/Users?count=3&cursor=${first['nextCursor'] as string}`), 200);
    const back = await scim.client.get(`/Users?count=3&cursor=${second['previousCursor'] as string}`);
    expect(expectBody(back, 200)['Resources']).toEqual(first['Resources']);
  });

  it('offers no cursor to who names a startIndex', async () => {
    const body = expectBody(await scim.client.get('/Users?startIndex=1&count=3'), 200);
    expect(Object.keys(body).sort()).toEqual(['Resources', 'itemsPerPage', 'schemas', 'startIndex', 'totalResults']);
  });

  it.each([
    ['cursor=nonsense', 'invalidCursor', /^The cursor is not valid for this query/],
    ['cursor&count=0', 'invalidCount', 'count must be between 1 and 1000 with a cursor.'],
    ['cursor&count=1001', 'invalidCount', 'count must be between 1 and 1000 with a cursor.'],
    ['cursor&startIndex=1', 'invalidValue', 'startIndex and cursor cannot be used together.'],
  ])('refuses %s', async (query, scimType, detail) => {
    expectRefusal(await scim.client.get(`/Users?${query}`), 400, { scimType, detail });
  });

  it('refuses the cursor of another query', async () => {
    const { nextCursor } = expectBody(await scim.client.get('/Users?count=3'), 200);
    const cursor = encodeURIComponent(nextCursor as string);
    for (const path of [
      `/Users?cursor=${cursor}&filter=title+pr`,
      `/Users?cursor=${cursor}&sortBy=title`,
      `/Groups?cursor=${cursor}`,
    ]) {
      expectRefusal(await scim.client.get(path), 400, {
        scimType: 'invalidCursor',
        detail: /Start again without a cursor/,
      });
    }
  });
});

describe('/.search', () => {
  it.each([
    ['/Users/.search', { filter: 'title eq "zeta"' }, ['u-6@acme.test']],
    ['/Groups/.search', { filter: 'displayName eq "zeta"' }, ['zeta']],
    [
      '/Users/.search',
      { sortBy: 'userName', sortOrder: 'descending', startIndex: 1, count: 7, filter: 'title co "a"' },
      ['u-6@acme.test', 'u-4@acme.test', 'u-1@acme.test', 'u-0@acme.test'],
    ],
    ['/.search', { filter: 'title eq "zeta" or displayName eq "zeta"', startIndex: 1 }, ['zeta']],
    ['/.search', { filter: 'userName eq "u-6@acme.test"' }, ['u-6@acme.test']],
    ['/.search', { filter: 'id pr and meta.resourceType eq "Group"' }, ['zeta']],
  ])('%s finds what a filter in the body asks for: %j', async (endpoint, request, expected) => {
    const body = expectBody(await scim.client.post(endpoint, { schemas: [searchRequest], ...request }), 200);
    const found = (body['Resources'] as JsonObject[]).map(({ userName, displayName }) => userName ?? displayName);
    expect(found.filter((name) => expected.includes(name as string))).toEqual(expected);
    expect(body['totalResults']).toBe(found.length);
  });

  it('over everything pages users first, then groups', async () => {
    const page = await scim.client.post('/.search', { startIndex: 7, count: 2, attributes: ['id'] });
    const found = expectList(page, { totalResults: titles.length + 1, startIndex: 7 });
    expect(found.map(({ id }) => id)).toEqual([everyone[6]?.id, group.id]);
  });

  it('sorts those who have the attribute and leaves out nobody who has not', async () => {
    const found = await scim.client.post('/.search', { sortBy: 'userName', sortOrder: 'descending', startIndex: 1 });
    const ids = expectList(found, { totalResults: titles.length + 1 }).map(({ id }) => id);
    expect(ids).toEqual([...everyone.map(({ id }) => id).reverse(), group.id]);
  });

  it('refuses a filter that makes sense nowhere', async () => {
    const reply = await scim.client.post('/.search', { filter: 'nosuch eq "x"' });
    expectRefusal(reply, 400, { scimType: 'invalidFilter', detail: /nosuch/ });
  });

  it('refuses parameters of the wrong kind', async () => {
    for (const request of [{ filter: 7 }, { count: 'x' }, { attributes: 7 }, { sortOrder: [] }]) {
      expectRefusal(await scim.client.post('/Users/.search', request), 400, {
        scimType: 'invalidValue',
        detail: /.{15}/,
      });
    }
  });
});

describe('attributes and excludedAttributes', () => {
  const own = { title: 'lead', userName: 'u-0@acme.test' };

  it.each([
    ['attributes=title', ['id', 'schemas', 'title']],
    ['attributes=TITLE,userName', ['id', 'schemas', 'title', 'userName']],
    ['attributes=title&attributes=userName', ['id', 'schemas', 'title', 'userName']],
    [`attributes=${userUrn}:title`, ['id', 'schemas', 'title']],
    [`attributes=${enterpriseUrn}`, [enterpriseUrn, 'id', 'schemas']],
    [`attributes=${enterpriseUrn}:division`, [enterpriseUrn, 'id', 'schemas']],
    ['attributes=meta.version', ['id', 'meta', 'schemas']],
    ['attributes=nosuch', ['id', 'schemas']],
    ['attributes=groups', ['groups', 'id', 'schemas']],
    ['attributes=emails[type eq "work"]', ['emails', 'id', 'schemas']],
    ['excludedAttributes=meta,emails,groups,active', [enterpriseUrn, 'id', 'schemas', 'title', 'userName']],
    [
      `excludedAttributes=id,schemas,groups,${enterpriseUrn},meta`,
      ['active', 'emails', 'id', 'schemas', 'title', 'userName'],
    ],
  ])('choose what is answered, id and schemas always: %s', async (query, expected) => {
    const path = everyone[0]?.path ?? '';
    const parameters = query.replaceAll(' ', '+');
    const user = expectBody(await scim.client.get(`${path}?${parameters}`), 200);
    expect(Object.keys(user).sort()).toEqual([...expected].sort());
    expect({ ...own, ...user }).toMatchObject(own);
    const found = await scim.client.get(`/Users?filter=userName+eq+"u-0@acme.test"&${parameters}`);
    expect(expectList(found, { totalResults: 1 })).toEqual([user]);
  });

  it('choose what a write answers', async () => {
    const created = await scim.client.post('/Users?attributes=userName', { userName: 'chosen', title: 'x' });
    expect(Object.keys(expectBody(created, 201)).sort()).toEqual(['id', 'schemas', 'userName']);
    await scim.client.delete(`/Users/${created.body['id'] as string}`);
  });
});
