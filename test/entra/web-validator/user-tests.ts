import { expect } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createUser, enterpriseUrn, userUrn } from '../../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../../support/scim-answers.js';
import { patchOp, type ScimClient } from '../../support/scim-client.js';
import { resourceOf, valueAt } from '../../support/resource-path.js';
import { mailAddress, randomUserValues, word } from './random-values.js';
import { expectChanged, expectOnly, expectValues, type ValidatorTest } from './validator-test.js';

const manager = `${enterpriseUrn}:manager`;

const newUser = (client: ScimClient, values = randomUserValues()) =>
  createUser(client, { schemas: [userUrn, enterpriseUrn], userName: mailAddress(), ...resourceOf(values) });
const find = (client: ScimClient, userName: string) => client.find('/Users', `userName eq "${userName}"`);

/** The validator's mandatory tests of users, in its order. */
export const userTests: readonly ValidatorTest[] = [
  {
    name: 'Create a new User',
    async run(client) {
      const values = randomUserValues();
      const { name } = await newUser(client, values);
      expectValues(expectOnly(await find(client, name)), { ...values, userName: name });
    },
  },
  {
    name: 'Create a duplicate User',
    async run(client) {
      const { name } = await newUser(client);
      const again = await client.post('/Users', { userName: name, ...resourceOf(randomUserValues()) });
      expectRefusal(again, 409, { scimType: 'uniqueness', detail: /is already taken by another User\.$/ });
    },
  },
  {
    name: 'Filter for an existing user',
    async run(client) {
      const { name, body } = await newUser(client);
      expect(expectOnly(await find(client, name))).toEqual(body);
    },
  },
  {
    name: 'Filter for a non-existing user',
    async run(client) {
      expect(expectList(await find(client, `nonexistent${word()}_${word()}`), { totalResults: 0 })).toEqual([]);
    },
  },
  {
    name: 'Filter for an existing user with a different case',
    async run(client) {
      const { name, body } = await newUser(client);
      expect(expectOnly(await find(client, name.toUpperCase()))).toEqual(body);
    },
  },
  {
    name: 'Patch User - Replace Attributes',
    patches: true,
    async run(client, shape) {
      const { path, name } = await newUser(client);
      const { externalId: _, ...values } = randomUserValues();
      expectChanged(await client.patch(path, patchOp(...shape('replace', values))));
      expectValues(expectOnly(await find(client, name)), { ...values, userName: name });
    },
  },
  {
    name: 'Patch User - Add Attributes',
    patches: true,
    async run(client, shape) {
      const { path, name } = await newUser(client, {});
      const values = randomUserValues();
      expectChanged(await client.patch(path, patchOp(...shape('add', values))));
      const user = expectOnly(await find(client, name));
      expectValues(user, values);
      expect((user['emails'] as unknown[]).length).toBe(3);
      expect((user['addresses'] as unknown[]).length).toBe(3);
    },
  },
  {
    name: 'Update User userName',
    patches: true,
    async run(client, shape) {
      const { path, name, id } = await newUser(client);
      const userName = mailAddress();
      expectChanged(await client.patch(path, patchOp(...shape('replace', { userName }))));
      expect(expectOnly(await find(client, userName))).toMatchObject({ id, userName });
      expectList(await find(client, name), { totalResults: 0 });
    },
  },
  {
    name: 'Patch User - Disable User',
    patches: true,
    async run(client, shape) {
      const { path, name } = await newUser(client);
      expectChanged(await client.patch(path, patchOp(...shape('replace', { active: false }))));
      expect(expectBody(await client.get(path), 200)['active']).toBe(false);
      expect(expectOnly(await find(client, name))['active']).toBe(false);
    },
  },
  {
    name: 'Patch User - Add Manager',
    patches: true,
    async run(client, shape) {
      const [{ path }, boss] = await Promise.all([newUser(client, {}), newUser(client)]);
      expectChanged(await client.patch(path, patchOp(...shape('add', { [manager]: { value: boss.id } }))));
      expect(valueAt(expectBody(await client.get(path), 200), manager)).toEqual({ value: boss.id });
    },
  },
  {
    name: 'Patch User - Replace Manager',
    patches: true,
    async run(client, shape) {
      const [{ path }, boss] = await Promise.all([newUser(client), newUser(client)]);
      expectChanged(await client.patch(path, patchOp(...shape('replace', { [manager]: { value: boss.id } }))));
      expect(valueAt(expectBody(await client.get(path), 200), manager)).toEqual({ value: boss.id });
    },
  },
  {
    name: 'Patch User - Remove Manager',
    patches: true,
    async run(client, shape) {
      const { path } = await newUser(client);
      expectChanged(await client.patch(path, patchOp(...shape('replace', { [manager]: { value: '' } }))));
      const user = expectBody(await client.get(path), 200);
      expect(Object.keys(user[enterpriseUrn] as JsonObject)).not.toContain('manager');
    },
  },
  {
    name: 'Delete a User',
    async run(client) {
      const { path, id, name } = await newUser(client);
      expectNoContent(await client.delete(path));
      expectRefusal(await client.get(path), 404, { detail: `User '${id}' does not exist.` });
      expectList(await find(client, name), { totalResults: 0 });
    },
  },
];
