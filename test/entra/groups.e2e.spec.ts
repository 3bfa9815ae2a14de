import { beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import {
  createGroup,
  createUser,
  type Created,
  groupUrn,
  memberIds,
  uniqueName,
} from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { memberships, refs } from './membership-cases.js';

const microsoftUrn = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const scim = serverUnderTest();
let treasury: Created;

beforeAll(async () => {
  treasury = await createGroup(scim.client, {
    displayName: 'Treasury',
    externalId: 'g-1',
    members: refs('u-1', 'u-2'),
  });
});

describe('creating a group', () => {
  it('takes what Entra sends and answers without the schema nobody knows', async () => {
    const displayName = uniqueName('Treasury');
    const externalId = '5b7c0f3e-0000-4000-8000-00000000000a';
    const schemas = [groupUrn, microsoftUrn];
    const reply = await scim.client.post('/Groups', {
      schemas,
      externalId,
      displayName,
      meta: { resourceType: 'Group' },
    });
    const { id, meta, ...created } = expectBody(reply, 201);
    expect(created).toEqual({ schemas: [groupUrn], externalId, displayName });
    const location = `${scim.server.tenantUrl}/Groups/${id as string}`;
    expect(meta).toMatchObject({ resourceType: 'Group', version: 'W/"0"', location });
    expect(reply.headers).toMatchObject({ location, etag: 'W/"0"' });
    expect((await scim.client.get(`/Groups/${id as string}`)).text).toBe(reply.text);
  });

  it('answers a POST and a PUT as a GET shows the group, its members known to the server included', async () => {
    const user = await createUser(scim.client);
    const body = {
      displayName: uniqueName('Known'),
      members: [{ value: user.id, display: 'First' }, { value: 'u-x' }],
    };
    const created = await scim.client.post('/Groups', body);
    const { id } = expectBody(created, 201) as { id: string };
    expect((await scim.client.get(`/Groups/${id}`)).text).toBe(created.text);
    const members = [{ value: user.id, display: 'Second' }, { value: 'u-y' }];
    const replaced = await scim.client.put(`/Groups/${id}`, { ...body, members });
    expect(replaced.status).toBe(200);
    expect((await scim.client.get(`/Groups/${id}`)).text).toBe(replaced.text);
  });

  it.each([{}, { displayName: '' }, { displayName: null }])('is refused without a name: %j', async (body) => {
    const detail = 'displayName is required and must not be empty.';
    expectRefusal(await scim.client.post('/Groups', body), 400, { scimType: 'invalidValue', detail });
  });
});

describe('reading a group', () => {
  it.each([
    'excludedAttributes=members&filter=displayName+eq+%22Treasury%22',
    'filter=displayName+eq+%22TREASURY%22&excludedAttributes=members',
    'filter=displayName+eq+%22treasury%22&excludedAttributes=MEMBERS',
    'filter=externalId+eq+%22g-1%22&excludedattributes=members',
    `filter=displayName+eq+%22Treasury%22&excludedAttributes=${encodeURIComponent(`${groupUrn}:members`)}`,
  ])('by a filter leaves the members out: %s', async (query) => {
    const { members: _, ...withoutMembers } = treasury.body;
    expect(expectList(await scim.client.get(`/Groups?${query}`), { totalResults: 1 })).toEqual([withoutMembers]);
  });

  it('by id leaves the members out only where that was asked', async () => {
    const { members, ...withoutMembers } = treasury.body;
    const lean = await scim.client.get(`${treasury.path}?excludedAttributes=members`);
    expect(expectBody(lean, 200)).toEqual(withoutMembers);
    expect(members).toEqual([{ value: 'u-1' }, { value: 'u-2' }]);
    expect(expectBody(await scim.client.get(treasury.path), 200)).toEqual(treasury.body);
    expect(expectList(await scim.client.find('/Groups', 'displayName eq "Treasury"'), { totalResults: 1 })).toEqual([
      treasury.body,
    ]);
  });
});

describe('the name of a group', () => {
  const taken = (name: string) => ({
    scimType: 'uniqueness',
    detail: `displayName '${name}' is already taken by another Group.`,
  });

  it.each(['Treasury', 'TREASURY', 'treasury'])(
    'is taken, for a POST and for a PATCH, in any case: %s',
    async (name) => {
      expectRefusal(await scim.client.post('/Groups', { displayName: name }), 409, taken(name));
      const { path, body } = await createGroup(scim.client);
      const forms = [
        { op: 'Replace', path: 'displayName', value: name },
        { op: 'replace', value: { displayName: name } },
      ];
      for (const form of forms) {
        const withMembers = patchOp({ op: 'Add', path: 'members', value: refs('u-1') }, form);
        expectRefusal(await scim.client.patch(path, withMembers), 409, taken(name));
      }
      expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
    },
  );

  it('is changed with a path and without, found under what it is now, and free once it is given up', async () => {
    const { path, name, id } = await createGroup(scim.client);
    const [first, second, third] = [name, uniqueName('Second'), uniqueName('Third')];
    expectNoContent(await scim.client.patch(path, patchOp({ op: 'Replace', path: 'displayName', value: second })));
    expectNoContent(await scim.client.patch(path, patchOp({ op: 'replace', value: { displayName: third } })));
    for (const former of [first, second]) {
      expectList(await scim.client.find('/Groups', `displayName eq "${former}"`), { totalResults: 0 });
      await createGroup(scim.client, { displayName: former });
    }
    const [found] = expectList(await scim.client.find('/Groups', `displayName eq "${third.toUpperCase()}"`), {
      totalResults: 1,
    });
    expect(found).toMatchObject({ id, displayName: third });
  });

  it('does not get in the way of a user of that name', async () => {
    await createUser(scim.client, { userName: 'Treasury', displayName: 'Treasury' });
  });
});

describe('the members of a group of u-1 and u-2', () => {
  it.each(memberships)('%s: 204, and again 204 with the same outcome', async (_, operations, expected) => {
    const { path } = await createGroup(scim.client, { members: refs('u-1', 'u-2') });
    for (let time = 0; time < 2; time++) {
      expectNoContent(await scim.client.patch(path, patchOp(...operations)));
      expect((await memberIds(scim.client, path)).sort()).toEqual(expected);
    }
  });

  it('change together with the name in one request', async () => {
    const { path } = await createGroup(scim.client);
    const displayName = uniqueName('Renamed');
    const request = patchOp({ op: 'replace', value: { displayName, externalId: 'g-2', members: refs('u-1') } });
    expectNoContent(await scim.client.patch(path, request));
    expect(expectBody(await scim.client.get(path), 200)).toMatchObject({
      displayName,
      externalId: 'g-2',
      members: [{ value: 'u-1' }],
    });
  });

  it.each([
    [[{ op: 'Add', path: 'members', value: [{ display: 'no id' }] }], /^Operation 1: members\[0\]\.value is required/],
    [[{ op: 'Add', path: 'members', value: [7] }], /^Operation 1: members\[0\] must be an object or an id/],
    [[{ op: 'remove', path: 'members[value eq "u-1"' }], /^Operation 1: the path 'members\[/],
    [[{ op: 'Remove', path: 'displayName' }], /^Operation 1: displayName is required/],
  ])('stay as they are where one operation is wrong: %j', async (bad, detail) => {
    const { path, body } = await createGroup(scim.client, { members: refs('u-1', 'u-2') });
    const reply = await scim.client.patch(path, patchOp({ op: 'remove', path: 'members' }, ...bad));
    expect(reply.body['detail']).toEqual(expect.stringMatching(detail));
    expect(reply.status).toBe(400);
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('may be thousands in one request, and all of them are read back', async () => {
    const { path } = await createGroup(scim.client);
    const ids = Array.from({ length: 5_000 }, (_, index) => `u-${String(index).padStart(5, '0')}`);
    expectNoContent(await scim.client.patch(path, patchOp({ op: 'Add', path: 'members', value: refs(...ids) })));
    expect((await memberIds(scim.client, path)).sort()).toEqual(ids);
    const removals = ids.slice(1).map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
    expectNoContent(await scim.client.patch(path, patchOp(...removals)));
    expect(await memberIds(scim.client, path)).toEqual([ids[0]]);
  });

  it('may be groups, and people this server does not know', async () => {
    const user = await createUser(scim.client);
    const members = [{ value: treasury.id, type: 'Group' }, { value: user.id, type: 'User' }, { value: 'nobody' }];
    const { body } = await createGroup(scim.client, { members });
    const base = scim.server.tenantUrl;
    expect(body['members']).toEqual([
      { value: treasury.id, type: 'Group', $ref: `${base}/Groups/${treasury.id}` },
      { value: user.id, type: 'User', $ref: `${base}/Users/${user.id}` },
      { value: 'nobody' },
    ]);
  });

  it.each<[string, unknown[]]>([
    ['in an order of its own', ['b', 'a', 'c']],
    ['one of them twice', [{ value: 'a' }, { value: 'b' }, { value: 'a' }]],
    ['with labels', [{ value: 'a', display: 'Anna' }]],
    [
      'with types in other cases',
      [
        { value: 'a', type: 'user' },
        { value: 'b', type: 'GROUP' },
      ],
    ],
    ['with a type of its own', [{ value: 'a', type: 'Robot' }]],
    ['with addresses of its own', [{ value: 'a', $ref: 'https://elsewhere.test/Users/a' }]],
  ])('are answered by POST and PUT as by GET: %s', async (_, members) => {
    const { path, name, body } = await createGroup(scim.client, { members });
    const sorted = (resource: JsonObject) => membersOf(resource).sort((a, b) => (a.value < b.value ? -1 : 1));
    expect(sorted(body)).toEqual(sorted(expectBody(await scim.client.get(path), 200)));
    const replaced = expectBody(await scim.client.put(path, { displayName: name, members: [...members, 'z'] }), 200);
    expect(sorted(replaced)).toEqual(sorted(expectBody(await scim.client.get(path), 200)));
  });

  it('of a group that does not exist are refused', async () => {
    const reply = await scim.client.patch(
      '/Groups/nosuch',
      patchOp({ op: 'Add', path: 'members', value: refs('u-1') }),
    );
    expectRefusal(reply, 404, { detail: "Group 'nosuch' does not exist." });
  });
});

describe('deleting a group', () => {
  it('leaves its members, and frees its name', async () => {
    const user = await createUser(scim.client);
    const { path, id, name } = await createGroup(scim.client, { members: [{ value: user.id }] });
    expectNoContent(await scim.client.delete(path));
    expectRefusal(await scim.client.delete(path), 404, { detail: `Group '${id}' does not exist.` });
    expectRefusal(await scim.client.get(path), 404, { detail: `Group '${id}' does not exist.` });
    expectList(await scim.client.find('/Groups', `displayName eq "${name}"`), {
      totalResults: 0,
    });
    expect(expectBody(await scim.client.get(user.path), 200)).toEqual(user.body);
    await createGroup(scim.client, { displayName: name });
  });
});

function membersOf({ members }: JsonObject): { value: string }[] {
  return [...(members as { value: string }[])];
}
