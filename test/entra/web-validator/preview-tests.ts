import { expect } from '@jest/globals';
import { createGroup, createUser, membersIn } from '../../support/directory-requests.js';
import { expectBody, expectNoContent, expectRefusal } from '../../support/scim-answers.js';
import { patchOp } from '../../support/scim-client.js';
import { word } from './random-values.js';
import { expectChanged, type ValidatorTest } from './validator-test.js';

/** The validator's preview tests, in its order. */
export const previewTests: readonly ValidatorTest[] = [
  {
    name: 'Patch User - Multiple operations on different attributes',
    patches: true,
    async run(client, shape) {
      const { path } = await createUser(client, { title: word() });
      const [displayName, title] = [word(), word()];
      const operations = [...shape('add', { displayName }), ...shape('replace', { title })];
      expectChanged(await client.patch(path, patchOp(...operations)));
      expect(expectBody(await client.get(path), 200)).toMatchObject({ displayName, title });
    },
  },
  {
    name: 'Patch User - Multiple operations on the same attribute',
    patches: true,
    async run(client, shape) {
      const { path } = await createUser(client);
      const [former, title] = [word(), word()];
      const operations = [
        ...shape('add', { title: former, nickName: former }),
        { op: 'remove', path: 'title' },
        { op: 'remove', path: 'nickName' },
        ...shape('add', { title }),
      ];
      expectChanged(await client.patch(path, patchOp(...operations)));
      const user = expectBody(await client.get(path), 200);
      expect([user['title'], user['nickName']]).toEqual([title, undefined]);
    },
  },
  {
    name: 'Delete a non-existent User',
    async run(client) {
      const id = word();
      expectRefusal(await client.delete(`/Users/${id}`), 404, { detail: `User '${id}' does not exist.` });
    },
  },
  {
    name: 'Delete the same User twice',
    async run(client) {
      const { path, id } = await createUser(client);
      expectNoContent(await client.delete(path));
      expectRefusal(await client.delete(path), 404, { detail: `User '${id}' does not exist.` });
    },
  },
  {
    name: 'Patch Group - Multiple operations on the same attribute',
    async run(client) {
      const [{ path }, user] = await Promise.all([createGroup(client), createUser(client)]);
      const operations = [
        { op: 'add', path: 'members', value: [{ value: user.id }] },
        { op: 'remove', path: `members[value eq "${user.id}"]` },
      ];
      expectNoContent(await client.patch(path, patchOp(...operations)));
      expect(membersIn(await client.get(path))).toEqual([]);
    },
  },
  {
    name: 'Delete a non-existent Group',
    async run(client) {
      const id = word();
      expectRefusal(await client.delete(`/Groups/${id}`), 404, { detail: `Group '${id}' does not exist.` });
    },
  },
  {
    name: 'Delete the same Group twice',
    async run(client) {
      const { path, id } = await createGroup(client);
      expectNoContent(await client.delete(path));
      expectRefusal(await client.delete(path), 404, { detail: `Group '${id}' does not exist.` });
    },
  },
];
