import { describe, expect, it } from '@jest/globals';
import { createGroup, createUser, enterpriseUrn, memberIds, uniqueName } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();

describe('PUT of a user', () => {
  it('keeps nothing the client did not send but what the server says', async () => {
    const { path, body } = await createUser(scim.client, {
      title: 'x',
      name: { givenName: 'Mia' },
      [enterpriseUrn]: { division: 'D' },
    });
    const sent = { userName: uniqueName('Renamed'), displayName: 'Mia', emails: [{ value: 'm@acme.test' }] };
    const reply = await scim.client.put(path, { ...sent, id: 'other', meta: { created: '1999-01-01T00:00:00Z' } });
    const { schemas, id, meta, active, ...attributes } = expectBody(reply, 200);
    expect(attributes).toEqual(sent);
    expect({ id, active }).toEqual({ id: body['id'], active: true });
    expect(meta).toMatchObject({ created: (body['meta'] as { created: string }).created, version: 'W/"1"' });
    expect(schemas).toHaveLength(1);
    expect((await scim.client.get(path)).text).toBe(reply.text);
  });

  it('of what was read is no change', async () => {
    const { path, body } = await createUser(scim.client, { title: 'x' });
    const reply = await scim.client.put(path, body);
    expect(expectBody(reply, 200)).toEqual(body);
  });

  it.each([true, false])('that is silent about active leaves it: %s', async (active) => {
    const { path, name } = await createUser(scim.client, { active });
    expect(expectBody(await scim.client.put(path, { userName: name }), 200)['active']).toBe(active);
  });

  it('takes no name of another', async () => {
    const other = await createUser(scim.client);
    const { path, body } = await createUser(scim.client);
    const detail = `userName '${other.name}' is already taken by another User.`;
    expectRefusal(await scim.client.put(path, { userName: other.name }), 409, { scimType: 'uniqueness', detail });
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });
});

describe('PUT of a group', () => {
  it('replaces name and members, and answers both', async () => {
    const { path } = await createGroup(scim.client, { externalId: 'x', members: ['u-1', 'u-2'] });
    const displayName = uniqueName('Renamed');
    const reply = await scim.client.put(path, { displayName, members: [{ value: 'u-2' }, { value: 'u-3' }] });
    const { externalId, members } = expectBody(reply, 200);
    expect({ externalId, members }).toEqual({ externalId: undefined, members: [{ value: 'u-2' }, { value: 'u-3' }] });
    expect((await scim.client.get(path)).text).toBe(reply.text);
    expectList(await scim.client.find('/Groups', `displayName eq "${displayName}"`), { totalResults: 1 });
  });

  it('without members leaves none', async () => {
    const { path, name } = await createGroup(scim.client, { members: ['u-1', 'u-2'] });
    expect(expectBody(await scim.client.put(path, { displayName: name }), 200)).not.toHaveProperty('members');
    expect(await memberIds(scim.client, path)).toEqual([]);
  });

  it.each([[[{ $ref: 'https://api.acme.test/scim/v2/Users/u-1' }]], [[{ value: 'u-1' }, { display: 'Mia' }]]])(
    'takes nobody out because a member is not named: %j',
    async (members) => {
      const { path, name, body } = await createGroup(scim.client, { members: ['u-1', 'u-2'] });
      const refusal = { scimType: 'invalidValue', detail: /^members\[\d\]\.value is required/ };
      expectRefusal(await scim.client.put(path, { displayName: name, members }), 400, refusal);
      expectRefusal(await scim.client.post('/Groups', { displayName: uniqueName('g'), members }), 400, refusal);
      expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
    },
  );
});
