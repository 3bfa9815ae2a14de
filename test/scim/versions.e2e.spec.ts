import { describe, expect, it } from '@jest/globals';
import { createGroup, createUser, uniqueName } from '../support/directory-requests.js';
import { expectBody, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp, type ScimReply } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const ifMatch = (tag: string) => ({ headers: { 'if-match': tag } });
const ifNoneMatch = (tag: string) => ({ headers: { 'if-none-match': tag } });
const retitle = (title: string) => patchOp({ op: 'replace', path: 'title', value: title });

function tagOf({ headers }: ScimReply): string {
  return headers['etag'] as string;
}

describe('the version of a resource', () => {
  it('is the same in the header and in meta, and changes with every change and no other request', async () => {
    const { path } = await createUser(scim.client);
    const tags = new Set<string>();
    for (const title of ['a', 'b', 'b', 'c']) {
      const reply = await scim.client.patch(path, retitle(title));
      expect((reply.body['meta'] as { version: string }).version).toBe(tagOf(reply));
      tags.add(tagOf(reply));
      expect(tagOf(await scim.client.get(path))).toBe(tagOf(reply));
    }
    expect(tags.size).toBe(3);
  });

  it('of a group changes with its members', async () => {
    const { path } = await createGroup(scim.client);
    const before = tagOf(await scim.client.get(path));
    const reply = await scim.client.patch(path, patchOp({ op: 'add', path: 'members', value: ['u-1'] }));
    expectNoContent(reply);
    expect(tagOf(reply)).not.toBe(before);
    expect(tagOf(await scim.client.get(path))).toBe(tagOf(reply));
  });
});

describe('the version of a group that has changed since it was written', () => {
  it('is that of the group that is answered, in the header too', async () => {
    // Whoever was deleted a moment ago is taken out of the group again before it is answered, nearly always.
    for (let attempt = 0; attempt < 10; attempt++) {
      const { id, path } = await createUser(scim.client);
      expectNoContent(await scim.client.delete(path));
      const members = [{ value: id }, { value: 'u-1' }];
      const reply = await scim.client.post('/Groups', { displayName: uniqueName('g'), members });
      expect((expectBody(reply, 201)['meta'] as { version: string }).version).toBe(tagOf(reply));
    }
  });
});

describe('the address of a resource', () => {
  it('is in the header of every answer about it, as in meta, whichever attributes are asked for', async () => {
    const user = await createUser(scim.client);
    const group = await createGroup(scim.client);
    for (const { path } of [user, group]) {
      const location = `${scim.server.tenantUrl}${path}`;
      const read = await scim.client.get(path);
      expect(read.body['meta']).toMatchObject({ location });
      const rename = patchOp({ op: 'replace', path: 'displayName', value: uniqueName('renamed') });
      const replies = [
        read,
        await scim.client.get(`${path}?attributes=displayName`),
        await scim.client.get(path, ifNoneMatch(tagOf(read))),
        await scim.client.put(path, read.body),
        await scim.client.patch(path, rename),
        await scim.client.patch(`${path}?attributes=displayName`, rename),
      ];
      for (const { headers } of replies) expect(headers['location']).toBe(location);
    }
  });
});

describe('If-None-Match', () => {
  it('of the version there is answers 304 without a body', async () => {
    const user = await createUser(scim.client);
    const group = await createGroup(scim.client);
    for (const path of [group.path, `${user.path}?excludedAttributes=groups`, `${user.path}?attributes=userName`]) {
      const tag = tagOf(await scim.client.get(path));
      for (const given of [tag, tag.replace('W/', ''), `"x", ${tag}`, '*']) {
        const reply = await scim.client.get(path, ifNoneMatch(given));
        expect({ status: reply.status, text: reply.text, tag: tagOf(reply) }).toEqual({ status: 304, text: '', tag });
      }
    }
  });

  it('answers a user whose groups are shown, as its version does not move with its memberships', async () => {
    const { id, path } = await createUser(scim.client);
    const tag = tagOf(await scim.client.get(path));
    const group = await createGroup(scim.client, { members: [{ value: id }] });
    for (const shown of [path, `${path}?attributes=groups`]) {
      const body = expectBody(await scim.client.get(shown, ifNoneMatch(tag)), 200);
      expect(body['groups']).toMatchObject([{ value: group.id }]);
    }
  });

  it('with a star answers 304 for whatever is there, a user whose groups are shown too', async () => {
    const { id, path } = await createUser(scim.client);
    expect(await scim.client.get(path, ifNoneMatch('*'))).toMatchObject({ status: 304, text: '' });
    await createGroup(scim.client, { members: [{ value: id }] });
    for (const shown of [path, `${path}?attributes=groups`]) {
      expect(await scim.client.get(shown, ifNoneMatch('*'))).toMatchObject({ status: 304, text: '' });
    }
    expect(await scim.client.get('/Users/nosuch', ifNoneMatch('*'))).toMatchObject({ status: 404 });
  });

  it('of another version answers the resource', async () => {
    const { path, body } = await createUser(scim.client);
    for (const given of ['W/"99"', '"x"', '', 'nonsense']) {
      expect(expectBody(await scim.client.get(path, ifNoneMatch(given)), 200)).toEqual(body);
    }
  });
});

describe('If-None-Match with a star', () => {
  it.each(['patch', 'put', 'delete'] as const)(
    'stops a %s of what there is, and finds nothing elsewhere',
    async (verb) => {
      const { path, name, body } = await createUser(scim.client);
      const detail = /^The resource is at version .*, which If-Match or If-None-Match rules out\.$/;
      expectRefusal(await write(verb, path, name, ifNoneMatch('*')), 412, { detail });
      expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
      const elsewhere = await write(verb, '/Users/nosuch', name, ifNoneMatch('*'));
      expectRefusal(elsewhere, 404, { detail: "User 'nosuch' does not exist." });
    },
  );

  it('lets a creation through', async () => {
    const user = { userName: uniqueName('u') };
    expect((await scim.client.send('POST', '/Users', { body: user, ...ifNoneMatch('*') })).status).toBe(201);
  });
});

describe('If-Match', () => {
  it('of several versions lets a write through where one is the current one', async () => {
    const { path } = await createUser(scim.client);
    expectBody(await scim.client.patch(path, retitle('a'), ifMatch('"other", W/"7", W/"0"')), 200);
    const detail = 'The resource is at version W/"1", which If-Match or If-None-Match rules out.';
    expectRefusal(await scim.client.patch(path, retitle('b'), ifMatch('W/"0", W/"7"')), 412, { detail });
  });

  it.each(['patch', 'put', 'delete'] as const)('of the version there is lets a %s through', async (verb) => {
    const { path, name } = await createUser(scim.client);
    const tag = tagOf(await scim.client.get(path));
    expect((await write(verb, path, name, ifMatch(tag))).status).toBe(verb === 'delete' ? 204 : 200);
  });

  it.each(['patch', 'put', 'delete'] as const)('of an older version stops a %s', async (verb) => {
    const { path, name } = await createUser(scim.client);
    const old = tagOf(await scim.client.get(path));
    const { body, headers } = await scim.client.patch(path, retitle('changed'));
    const detail = `The resource is at version ${headers['etag'] as string}, which If-Match or If-None-Match rules out.`;
    expectRefusal(await write(verb, path, name, ifMatch(old)), 412, { detail });
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('of a version that never was stops a change', async () => {
    const { path, body } = await createUser(scim.client);
    for (const tag of ['"x"', 'W/"-1"', 'W/"1e3"', 'nonsense']) {
      expectRefusal(await scim.client.patch(path, retitle('x'), ifMatch(tag)), 412, {
        detail: /^If-Match .* is not a version/,
      });
    }
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('with a star lets a change of what there is through', async () => {
    const { path } = await createUser(scim.client);
    expectBody(await scim.client.patch(path, retitle('x'), ifMatch('*')), 200);
    expectRefusal(await scim.client.patch('/Users/nosuch', retitle('x'), ifMatch('*')), 404, {
      detail: "User 'nosuch' does not exist.",
    });
  });

  it('lets one of many who read the same version through', async () => {
    const { path } = await createUser(scim.client);
    const tag = tagOf(await scim.client.get(path));
    const titles = Array.from({ length: 8 }, (_, index) => `writer ${index}`);
    const replies = await Promise.all(titles.map((title) => scim.client.patch(path, retitle(title), ifMatch(tag))));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    const winner = replies.find(({ status }) => status === 200);
    expect(expectBody(await scim.client.get(path), 200)).toEqual(winner?.body);
  });

  it('holds for the members of a group too', async () => {
    const { path } = await createGroup(scim.client, { displayName: uniqueName('g') });
    const tag = tagOf(await scim.client.get(path));
    const add = (id: string) => patchOp({ op: 'add', path: 'members', value: [id] });
    expectNoContent(await scim.client.patch(path, add('u-1'), ifMatch(tag)));
    expect((await scim.client.patch(path, add('u-2'), ifMatch(tag))).status).toBe(412);
    expect(expectBody(await scim.client.get(path), 200)['members']).toEqual([{ value: 'u-1' }]);
  });
});

function write(
  verb: 'patch' | 'put' | 'delete',
  path: string,
  userName: string,
  condition: { readonly headers: Record<string, string> },
): Promise<ScimReply> {
  if (verb === 'delete') return scim.client.delete(path, condition);
  return scim.client[verb](path, verb === 'put' ? { userName, title: 'x' } : retitle('x'), condition);
}
