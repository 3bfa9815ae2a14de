import { describe, expect, it } from '@jest/globals';
import { createGroup, createUser, memberIds } from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();

/** Every form in which Entra says `active`, by the value it means. */
const forms = (active: boolean): [string, object][] => {
  const text = active ? 'True' : 'False';
  return [
    ['default dialect', { op: 'Replace', path: 'active', value: text }],
    ['RFC dialect', { op: 'replace', path: 'active', value: active }],
    ['sample of the documentation', { op: 'Replace', path: 'active', value: active }],
    ['lower-case text', { op: 'replace', path: 'active', value: text.toLowerCase() }],
    ['Add', { op: 'Add', path: 'active', value: text }],
    ['without a path', { op: 'replace', value: { active } }],
    ['without a path, text', { op: 'Replace', value: { active: text } }],
    ['qualified', { op: 'Replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active', value: text }],
  ];
};

async function expectActive(path: string, userName: string, active: boolean): Promise<void> {
  expect(expectBody(await scim.client.get(path), 200)['active']).toBe(active);
  const [found] = expectList(await scim.client.find('/Users', `userName eq "${userName}"`), { totalResults: 1 });
  expect(found?.['active']).toBe(active);
}

describe('disabling a user', () => {
  it.each(forms(false))('shows at once, by id and by filter: %s', async (_, operation) => {
    const { path, name } = await createUser(scim.client, { active: true });
    const reply = await scim.client.patch(path, patchOp(operation));
    expect(expectBody(reply, 200)['active']).toBe(false);
    await expectActive(path, name, false);
  });

  it('keeps the user in the groups, without Entra sending them again', async () => {
    const { path, id } = await createUser(scim.client, { active: true });
    const group = await createGroup(scim.client, { members: [{ value: id }] });
    await scim.client.patch(path, patchOp({ op: 'Replace', path: 'active', value: 'False' }));
    expect(await memberIds(scim.client, group.path)).toEqual([id]);
    await scim.client.patch(path, patchOp({ op: 'Replace', path: 'active', value: 'True' }));
    expect(await memberIds(scim.client, group.path)).toEqual([id]);
    expect(expectBody(await scim.client.get(path), 200)['groups']).toMatchObject([{ value: group.id, type: 'direct' }]);
  });

  it.each(['0', 'no', 'Falsch', 0, 1, {}, ['False', 'True']])(
    'refuses %j rather than guess what it means',
    async (value) => {
      const { path, body } = await createUser(scim.client, { active: true });
      const reply = await scim.client.patch(path, patchOp({ op: 'Replace', path: 'active', value }));
      expectRefusal(reply, 400, {
        scimType: 'invalidValue',
        detail: /^Operation 0: active must be true or false, but /,
      });
      expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
    },
  );
});

describe('restoring a user', () => {
  it.each(forms(true))('enables the same user with what else has changed: %s', async (_, operation) => {
    const { path, name, body } = await createUser(scim.client, { active: 'False', title: 'Analyst' });
    const changed = { op: 'Replace', path: 'title', value: 'Lead' };
    const { active, title, id } = expectBody(await scim.client.patch(path, patchOp(operation, changed)), 200);
    expect({ active, title, id }).toEqual({ active: true, title: 'Lead', id: body['id'] });
    await expectActive(path, name, true);
  });
});

describe('deleting a user', () => {
  it('is final: nothing of the user answers any more', async () => {
    const { path, id, name } = await createUser(scim.client);
    expectNoContent(await scim.client.delete(path));
    const detail = `User '${id}' does not exist.`;
    expectRefusal(await scim.client.get(path), 404, { detail });
    expectRefusal(await scim.client.delete(path), 404, { detail });
    expectRefusal(await scim.client.put(path, { userName: 'x' }), 404, { detail });
    const patch = patchOp({ op: 'Replace', path: 'active', value: 'True' });
    expectRefusal(await scim.client.patch(path, patch), 404, { detail });
    expectList(await scim.client.find('/Users', `userName eq "${name}"`), { totalResults: 0 });
    expectList(await scim.client.find('/Users', `id eq "${id}"`), { totalResults: 0 });
  });

  it('takes the user out of the groups', async () => {
    const leaver = await createUser(scim.client);
    const other = await createUser(scim.client);
    const group = await createGroup(scim.client, { members: [{ value: leaver.id }, { value: other.id }] });
    expectNoContent(await scim.client.delete(leaver.path));
    expect(await memberIds(scim.client, group.path)).toEqual([other.id]);
  });

  it.each([
    'nobody',
    '00000000-0000-4000-8000-000000000000',
    '%00',
    '..%2F..',
    '__proto__',
    'constructor',
    `${'x'.repeat(500)}`,
  ])('answers 404 where there never was such a user: %s', async (id) => {
    expectRefusal(await scim.client.delete(`/Users/${id}`), 404, { detail: /^User '.*' does not exist\.$/s });
    expectRefusal(await scim.client.get(`/Users/${id}`), 404, { detail: /^User '.*' does not exist\.$/s });
  });

  it('does not end a group of the same id, nor the other way round', async () => {
    const user = await createUser(scim.client);
    const group = await createGroup(scim.client);
    expectRefusal(await scim.client.delete(`/Groups/${user.id}`), 404, {
      detail: `Group '${user.id}' does not exist.`,
    });
    expectRefusal(await scim.client.delete(`/Users/${group.id}`), 404, {
      detail: `User '${group.id}' does not exist.`,
    });
    expectBody(await scim.client.get(user.path), 200);
    expectBody(await scim.client.get(group.path), 200);
  });
});
