import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createUser, enterpriseUrn, uniqueName, userUrn } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { optionalUserPaths } from './default-mapping.js';
import { documentedUser, mappedUser } from './sample-users.js';

const scim = serverUnderTest();
const newName = () => `${uniqueName('Mia.Lind')}@Acme.test`;

describe('creating a user', () => {
  it('answers, and shows on every later read, all that Entra sent, letter for letter', async () => {
    const userName = newName();
    const { meta: _, roles: __, ...sent } = mappedUser(userName);
    const reply = await scim.client.post('/Users', mappedUser(userName));
    const created = expectBody(reply, 201);
    const id = created['id'] as string;
    const location = `${scim.server.tenantUrl}/Users/${id}`;
    expect(created).toEqual({ ...sent, id: expect.any(String), meta: expect.anything() });
    const { created: createdAt, ...meta } = created['meta'] as JsonObject;
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(meta).toEqual({ resourceType: 'User', lastModified: createdAt, version: 'W/"0"', location });
    expect(reply.headers).toMatchObject({ location, etag: 'W/"0"' });

    const read = await scim.client.get(`/Users/${id}`);
    expect(read.text).toBe(reply.text);
    const found = await scim.client.find('/Users', `userName eq "${userName}"`);
    expect(expectList(found, { totalResults: 1 })).toEqual([created]);
  });

  it('takes the malformed sample of the documentation: null is absent, what is unknown is ignored', async () => {
    const userName = newName();
    const created = expectBody(await scim.client.post('/Users', documentedUser(userName)), 201);
    expect(created).toEqual({
      schemas: [userUrn, enterpriseUrn],
      id: created['id'],
      meta: created['meta'],
      userName,
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      active: true,
      displayName: 'BillG',
      name: { familyName: 'Gates', givenName: 'Bill' },
      [enterpriseUrn]: { department: 'Tours' },
    });
  });

  it.each<[string, object, object]>([
    ['the string "True" as active', { active: 'True' }, { active: true }],
    ['the string "False" as active', { active: 'False' }, { active: false }],
    ['no active at all, which means active', {}, { active: true }],
    ['"true" as primary', emails('true'), emails(true)],
    ['a role', roles({ primary: true }), roles({ primary: true })],
    ['a role whose primary is text', roles({ primary: 'True' }), roles({ primary: true })],
    [
      'several roles with names for display',
      { roles: ['Editor', 'Reader'].map((value) => ({ value, display: value, primary: false, type: 'App' })) },
      { roles: ['Editor', 'Reader'].map((value) => ({ value, display: value, primary: false, type: 'App' })) },
    ],
    [
      'a role that is a JSON document in a string',
      { roles: [{ value: '{"id":"r-1","value":"Editor","displayName":"Editor"}' }] },
      { roles: [{ value: '{"id":"r-1","value":"Editor","displayName":"Editor"}' }] },
    ],
    ['a manager nobody knows', { [enterpriseUrn]: { manager: { value: 'QXZTW' } } }, managedBy('QXZTW')],
    ['a manager that is a bare string', { [enterpriseUrn]: { manager: 'u-2' } }, managedBy('u-2')],
    ['the URN of an extension that is absent', { schemas: [userUrn, enterpriseUrn] }, {}],
    ['an extension whose URN is missing', { schemas: [userUrn], ...managedBy('u-2') }, managedBy('u-2')],
    ['schemas nobody knows', { schemas: ['urn:example:unknown'] }, {}],
    ['no schemas', { schemas: undefined }, {}],
    ['an id of its own', { id: 'chosen-by-client' }, {}],
    [
      'keys in another case',
      { DisplayName: 'M', Name: { GivenName: 'Mia' } },
      { displayName: 'M', name: { givenName: 'Mia' } },
    ],
  ])('takes %s', async (_, sent, kept) => {
    const { body, path } = await createUser(scim.client, sent);
    const { id, userName, meta, schemas, ...attributes } = body;
    expect(attributes).toEqual({ active: true, ...kept });
    expect({ id, userName, meta }).toEqual({
      id: expect.not.stringMatching('chosen'),
      userName,
      meta: expect.anything(),
    });
    expect(schemas).toEqual(enterpriseUrn in kept ? [userUrn, enterpriseUrn] : [userUrn]);
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it.each<[string, object]>([
    ['no userName', { userName: undefined }],
    ['an empty userName', { userName: '' }],
    ['null as userName', { userName: null }],
  ])('refuses %s', async (_, sent) => {
    const reply = await scim.client.post('/Users', { schemas: [userUrn], displayName: 'Nobody', ...sent });
    expectRefusal(reply, 400, { scimType: 'invalidValue', detail: 'userName is required and must not be empty.' });
  });

  it('gives many users the same e-mail address', async () => {
    const value = `${uniqueName('shared')}@acme.test`;
    await Promise.all(Array.from({ length: 5 }, () => createUser(scim.client, { emails: [{ type: 'work', value }] })));
    expectList(await scim.client.find('/Users', `emails[type eq "work"].value eq "${value}"`), { totalResults: 5 });
  });
});

describe('a userName that is taken', () => {
  const expectTaken = async (reply: Parameters<typeof expectRefusal>[0], userName: string) => {
    expectRefusal(reply, 409, {
      scimType: 'uniqueness',
      detail: `userName '${userName}' is already taken by another User.`,
    });
    expectList(await scim.client.find('/Users', `userName eq "${userName}"`), { totalResults: 1 });
  };

  it.each(['letter for letter', 'in capitals', 'in small letters'])(
    'is refused %s, and the filter finds its owner',
    async (how) => {
      const { name: taken } = await createUser(scim.client, { userName: newName() });
      const again =
        how === 'in capitals' ? taken.toUpperCase() : how === 'in small letters' ? taken.toLowerCase() : taken;
      await expectTaken(await scim.client.post('/Users', { userName: again }), again);
    },
  );

  it('is refused while its owner is disabled', async () => {
    const { body, path, name: taken } = await createUser(scim.client, { active: false });
    await expectTaken(await scim.client.post('/Users', { userName: taken }), taken);
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('goes to one of many who want it at once', async () => {
    const userName = newName();
    const replies = await Promise.all(Array.from({ length: 8 }, () => scim.client.post('/Users', { userName })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expectList(await scim.client.find('/Users', `userName eq "${userName}"`), { totalResults: 1 });
  });

  it('is refused to a user who is renamed, who stays as before', async () => {
    const { name: taken } = await createUser(scim.client);
    const { body, path } = await createUser(scim.client);
    for (const operation of [
      { op: 'Replace', path: 'userName', value: taken },
      { op: 'replace', value: { userName: taken } },
    ]) {
      await expectTaken(
        await scim.client.patch(path, patchOp({ op: 'replace', path: 'title', value: 'Lost' }, operation)),
        taken,
      );
    }
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('is free again once its owner has another, in any case but its own', async () => {
    const { path, name: former } = await createUser(scim.client, { userName: newName() });
    const now = newName();
    expectBody(await scim.client.patch(path, patchOp({ op: 'Replace', path: 'userName', value: now })), 200);
    await createUser(scim.client, { userName: former.toUpperCase() });
    await expectTaken(await scim.client.post('/Users', { userName: now }), now);
    const shouted = await scim.client.patch(
      path,
      patchOp({ op: 'Replace', path: 'userName', value: now.toUpperCase() }),
    );
    expect(expectBody(shouted, 200)['userName']).toBe(now.toUpperCase());
    await expectTaken(
      await scim.client.patch(path, patchOp({ op: 'Replace', path: 'userName', value: former })),
      former,
    );
  });

  it('is free again once its owner was deleted, and goes to a user with another id', async () => {
    const userName = newName();
    const ids = new Set<string>();
    for (let life = 0; life < 3; life++) {
      const { id, path } = await createUser(scim.client, { userName: life === 1 ? userName.toUpperCase() : userName });
      ids.add(id);
      await expectTaken(await scim.client.post('/Users', { userName }), userName);
      expect((await scim.client.delete(path)).status).toBe(204);
    }
    expect(ids.size).toBe(3);
  });
});

describe('clearing what is not required', () => {
  it.each([
    ['an empty string', ''],
    ['null', null],
  ])('with %s leaves every mapped attribute absent, whether it had a value or not', async (_, nothing) => {
    const { path } = await createUser(scim.client, mappedUser(newName()));
    const cleared = patchOp(...optionalUserPaths.map((target) => ({ op: 'Replace', path: target, value: nothing })));
    for (const reply of [await scim.client.patch(path, cleared), await scim.client.patch(path, cleared)]) {
      expect(Object.keys(expectBody(reply, 200)).sort()).toEqual(['id', 'meta', 'schemas', 'userName']);
      expect(reply.body['schemas']).toEqual([userUrn]);
    }
    expect(Object.keys(expectBody(await scim.client.get(path), 200)).sort()).toEqual([
      'id',
      'meta',
      'schemas',
      'userName',
    ]);
  });

  it.each(optionalUserPaths)('clears %s alone, first with "" and then with null', async (target) => {
    const { path, body } = await createUser(scim.client, mappedUser(newName()));
    const replies = [];
    for (const value of ['', null]) {
      replies.push(await scim.client.patch(path, patchOp({ op: 'Replace', path: target, value })));
    }
    const [afterEmpty, afterNull] = replies.map((reply) => expectBody(reply, 200));
    expect(afterNull).toEqual(afterEmpty);
    if (target.endsWith(':manager')) expect(afterEmpty).toEqual(body);
    else expect(JSON.stringify(afterEmpty).length).toBeLessThan(JSON.stringify(body).length);
    expect(expectBody(await scim.client.get(path), 200)).toEqual(afterEmpty);
  });

  it.each(['', null])('refuses %j as userName', async (value) => {
    const { path, body } = await createUser(scim.client);
    for (const operation of [
      { op: 'Replace', path: 'userName', value },
      { op: 'replace', value: { userName: value } },
    ]) {
      const detail = 'Operation 0: userName is required and must not be empty.';
      expectRefusal(await scim.client.patch(path, patchOp(operation)), 400, { scimType: 'invalidValue', detail });
    }
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });
});

function emails(primary: unknown): object {
  return { emails: [{ type: 'work', value: 'm@acme.test', primary }] };
}

function roles(mark: object): object {
  return { roles: [{ type: 'WindowsAzureActiveDirectoryRole', value: 'Editor', ...mark }] };
}

function managedBy(value: string): object {
  return { [enterpriseUrn]: { manager: { value } } };
}
