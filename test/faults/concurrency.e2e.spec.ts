import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createUser, groupIds, memberIds } from '../support/directory-requests.js';
import { memberOperations } from '../support/entra-operations.js';
import { patchOp, ScimClient, type ScimReply } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const connections = 250;
const running = serverUnderTest();
let client: ScimClient;

beforeAll(() => {
  client = new ScimClient(running.server.tenantUrl, running.server.token, connections);
});

afterAll(() => client.close());

const inParallel = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** @returns the users' ids, in the order of the names. */
const createUsers = (userNames: readonly string[]): Promise<string[]> =>
  Promise.all(userNames.map(async (userName) => (await createUser(client, { userName })).id));

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}@acme.test`);

/** A spelling of the name of its own for every index: bit by bit, letters become capitals. */
const spelling = (name: string, index: number) =>
  [...name].map((letter, place) => ((index >> (place % 6)) & 1 ? letter.toUpperCase() : letter)).join('');

/** How often each status was answered; a conflict with its `scimType`. */
const statuses = (replies: readonly ScimReply[]) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const kind = typeof body['scimType'] === 'string' ? `${status} ${body['scimType']}` : String(status);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

describe('parallel changes of one group', () => {
  it('all count: 500 PATCHes with a member each end with 500 members', async () => {
    const users = await createUsers(names('crowd', 500));
    const group = await createGroup(client, { displayName: 'Crowd' });
    const replies = await Promise.all(
      users.map((id) => client.patch(group.path, patchOp(memberOperations.default.add(id)))),
    );
    expect(statuses(replies)).toEqual({ 204: 500 });
    expect((await memberIds(client, group.path)).sort()).toEqual([...users].sort());
    expect(await groupIds(client, `/Users/${users[499]}`)).toEqual([group.id]);
  });

  it('all count when adds and removes in both dialects mix', async () => {
    const users = await createUsers(names('mix', 400));
    const before = users.slice(0, 200);
    const group = await createGroup(client, { displayName: 'Mix', members: before.map((value) => ({ value })) });
    const { default: standard, compliant } = memberOperations;
    const operations = users.map((id, index) => {
      const dialect = index % 2 === 0 ? standard : compliant;
      return before.includes(id) ? dialect.remove(id) : dialect.add(id);
    });
    const replies = await Promise.all(operations.map((operation) => client.patch(group.path, patchOp(operation))));
    expect(statuses(replies)).toEqual({ 204: 400 });
    expect((await memberIds(client, group.path)).sort()).toEqual(users.slice(200).sort());
    expect(await groupIds(client, `/Users/${users[0]}`)).toEqual([]);
  });
});

describe('parallel requests for one name', () => {
  it('create one user, whatever the spelling', async () => {
    const replies = await inParallel(50, (index) =>
      client.post('/Users', { userName: spelling('one@acme.test', index) }),
    );
    expect(statuses(replies)).toEqual({ 201: 1, '409 uniqueness': 49 });
    const created = replies.find(({ status }) => status === 201)?.body;
    const found = await client.find('/Users', 'userName eq "ONE@ACME.TEST"');
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: created?.['id'] }] });
  });

  it('create one group, whatever the spelling', async () => {
    const replies = await inParallel(50, (index) =>
      client.post('/Groups', { displayName: spelling('everyone', index) }),
    );
    expect(statuses(replies)).toEqual({ 201: 1, '409 uniqueness': 49 });
    expect((await client.find('/Groups', 'displayName eq "EVERYone"')).body).toMatchObject({ totalResults: 1 });
  });

  it('rename one user, and leave the others findable under the names they had', async () => {
    const former = names('renamed', 30);
    const users = await createUsers(former);
    const rename = (id: string, index: number) =>
      patchOp({ op: 'Replace', path: 'userName', value: spelling('famous@acme.test', index) });
    const replies = await Promise.all(users.map((id, index) => client.patch(`/Users/${id}`, rename(id, index))));
    expect(statuses(replies)).toEqual({ 200: 1, '409 uniqueness': 29 });

    const winner = replies.findIndex(({ status }) => status === 200);
    const owners = await inParallel(30, async (index) => {
      const name = index === winner ? 'famous@acme.test' : (former[index] as string);
      const { body } = await client.find('/Users', `userName eq "${name}"`);
      return (body['Resources'] as { id: string }[]).map(({ id }) => id);
    });
    expect(owners).toEqual(users.map((id) => [id]));
    const successor = await client.post('/Users', { userName: former[winner] });
    expect(successor.status).toBe(201);
  });

  it('rename one group', async () => {
    const groups = await inParallel(20, (index) => createGroup(client, { displayName: `Team ${index}` }));
    const rename = patchOp({ op: 'replace', path: 'displayName', value: 'The team' });
    const replies = await Promise.all(groups.map(({ path }) => client.patch(path, rename)));
    expect(statuses(replies)).toEqual({ 204: 1, '409 uniqueness': 19 });
    expect((await client.find('/Groups', 'displayName eq "the team"')).body).toMatchObject({ totalResults: 1 });
  });
});

describe('parallel changes of one user', () => {
  it('happen one after the other: disabling and enabling ends with what the last version says', async () => {
    const [user] = await createUsers(['switch@acme.test']);
    const replies = await inParallel(60, (index) =>
      client.patch(`/Users/${user}`, patchOp({ op: 'Replace', path: 'active', value: index % 2 ? 'True' : 'False' })),
    );
    expect(statuses(replies)).toEqual({ 200: 60 });
    const activeByVersion = new Map<string, Set<unknown>>();
    for (const { headers, body } of replies) {
      const version = String(headers['etag']);
      activeByVersion.set(version, (activeByVersion.get(version) ?? new Set()).add(body['active']));
    }
    expect([...activeByVersion.values()].filter(({ size }) => size > 1)).toEqual([]);
    const final = await client.get(`/Users/${user}`);
    expect([...(activeByVersion.get(String(final.headers['etag'])) ?? [])]).toEqual([final.body['active']]);
  });

  it('each keep their own attribute', async () => {
    const [user] = await createUsers(['attributes@acme.test']);
    const attributes = ['displayName', 'nickName', 'title', 'userType', 'locale', 'timezone', 'preferredLanguage'];
    const replies = await Promise.all(
      attributes.map((path) => client.patch(`/Users/${user}`, patchOp({ op: 'Replace', path, value: `en-${path}` }))),
    );
    expect(statuses(replies)).toEqual({ 200: attributes.length });
    const expected = Object.fromEntries(attributes.map((path) => [path, `en-${path}`]));
    expect((await client.get(`/Users/${user}`)).body).toMatchObject(expected);
  });
});

describe('a read that starts after a write was answered', () => {
  it('sees it over any connection, while others write', async () => {
    const reader = new ScimClient(running.server.tenantUrl, running.server.token, 16);
    const group = await createGroup(client, { displayName: 'Readers' });
    const found = async (name: string) => (await reader.find('/Users', `userName eq "${name}"`)).body['totalResults'];
    await inParallel(12, async (lane) => {
      for (let round = 0; round < 12; round++) {
        const name = `fresh-${lane}-${round}@acme.test`;
        const [id = ''] = await createUsers([name]);
        const [byId, byName] = await Promise.all([reader.get(`/Users/${id}`), found(name)]);
        expect([byId.status, byName]).toEqual([200, 1]);

        await client.patch(`/Users/${id}`, patchOp({ op: 'Replace', path: 'title', value: `Title ${round}` }));
        const [changed, byTitle] = await Promise.all([
          reader.get(`/Users/${id}`),
          reader.find('/Users', `userName eq "${name}" and title eq "Title ${round}"`),
        ]);
        expect([changed.body['title'], byTitle.body['totalResults']]).toEqual([`Title ${round}`, 1]);

        await client.patch(group.path, patchOp(memberOperations.default.add(id)));
        const [members, groups] = await Promise.all([memberIds(reader, group.path), groupIds(reader, `/Users/${id}`)]);
        expect(members).toContain(id);
        expect(groups).toEqual([group.id]);

        expect((await client.delete(`/Users/${id}`)).status).toBe(204);
        const [gone, byFormerName, left] = await Promise.all([
          reader.get(`/Users/${id}`),
          found(name),
          memberIds(reader, group.path),
        ]);
        expect([gone.status, byFormerName]).toEqual([404, 0]);
        expect(left).not.toContain(id);
      }
    });
    await reader.close();
  });

  it('counts it in the total of a list', async () => {
    const reader = new ScimClient(running.server.tenantUrl, running.server.token, 2);
    const total = async () => Number((await reader.get('/Users?count=0')).body['totalResults']);
    const before = await total();
    for (let round = 0; round < 50; round++) {
      const [id] = await createUsers([`counted-${round}@acme.test`]);
      expect(await total()).toBe(before + 1);
      await client.delete(`/Users/${id}`);
      expect(await total()).toBe(before);
    }
    await reader.close();
  });
});

describe('deleting users while they are added to groups', () => {
  it('leaves no deleted user in any group', async () => {
    const users = await createUsers(names('leaver', 120));
    const groups = await inParallel(3, (index) => createGroup(client, { displayName: `Leavers ${index}` }));
    await Promise.all(
      users.flatMap((id, index) => {
        const add = () => client.patch(groups[index % 3]?.path ?? '', patchOp(memberOperations.default.add(id)));
        return [add(), client.delete(`/Users/${id}`), add()];
      }),
    );
    // A deletion is answered when memberships have ended up to there: with it, what was added late is gone as well.
    const [last] = await createUsers(['last-leaver@acme.test']);
    await client.delete(`/Users/${last}`);
    expect(statuses(await Promise.all(users.map((id) => client.get(`/Users/${id}`))))).toEqual({ 404: users.length });
    for (const group of groups) expect(await memberIds(client, group.path)).toEqual([]);
  });
});
