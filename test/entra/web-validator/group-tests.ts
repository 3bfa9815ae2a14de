import { expect } from '@jest/globals';
import { createGroup, createUser, memberIds } from '../../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../../support/scim-answers.js';
import { patchOp, type ScimClient } from '../../support/scim-client.js';
import { word } from './random-values.js';
import { expectOnly, type ValidatorTest } from './validator-test.js';

const newGroup = (client: ScimClient, others: object = {}) =>
  createGroup(client, { displayName: word(), externalId: word(), ...others });
const find = (client: ScimClient, displayName: string, others = {}) =>
  client.find('/Groups', `displayName eq "${displayName}"`, others);
const withoutMembers = { excludedAttributes: 'members' };

async function newGroupOfTwo(client: ScimClient) {
  const [first, second] = await Promise.all([createUser(client), createUser(client)]);
  const group = await newGroup(client);
  const members = [{ value: first.id }, { value: second.id }];
  expectNoContent(await client.patch(group.path, patchOp({ op: 'replace', path: 'members', value: members })));
  return { ...group, first: first.id, second: second.id };
}

/** The validator's mandatory tests of groups, in its order. */
export const groupTests: readonly ValidatorTest[] = [
  {
    name: 'Get group by id excluding members',
    async run(client) {
      const { path } = await newGroupOfTwo(client);
      const group = expectBody(await client.get(`${path}?excludedAttributes=members`), 200);
      expect(Object.keys(group)).toEqual(['schemas', 'id', 'externalId', 'displayName', 'meta']);
    },
  },
  {
    name: 'Filter for an existing group by displayName excluding members',
    async run(client) {
      const { name, id } = await newGroupOfTwo(client);
      const group = expectOnly(await find(client, name, withoutMembers));
      expect(Object.keys(group)).toEqual(['schemas', 'id', 'externalId', 'displayName', 'meta']);
      expect(group['id']).toBe(id);
    },
  },
  {
    name: 'Filter for an existing group',
    async run(client) {
      const { name, body } = await newGroup(client);
      expect(expectOnly(await find(client, name))).toEqual(body);
    },
  },
  {
    name: 'Filter for a non-existing group',
    async run(client) {
      expectList(await find(client, `nonexistent${word()}`, withoutMembers), { totalResults: 0 });
    },
  },
  {
    name: 'Filter for an existing group with a different case',
    async run(client) {
      const { name, body } = await newGroup(client);
      expect(expectOnly(await find(client, name.toLowerCase()))).toEqual(body);
    },
  },
  {
    name: 'Create a new Group',
    async run(client) {
      const [displayName, externalId] = [word(), word()];
      const { path, body } = await newGroup(client, { displayName, externalId });
      expect(body).toMatchObject({ displayName, externalId });
      expect(expectBody(await client.get(path), 200)).toEqual(body);
    },
  },
  {
    name: 'Create a duplicate Group',
    async run(client) {
      const { name } = await newGroup(client);
      const again = await client.post('/Groups', { displayName: name, externalId: word() });
      expectRefusal(again, 409, { scimType: 'uniqueness', detail: /is already taken by another Group\.$/ });
    },
  },
  {
    name: 'Patch Group - Replace Attributes',
    patches: true,
    async run(client, shape) {
      const { path, name } = await newGroup(client);
      const externalId = word();
      expectNoContent(await client.patch(path, patchOp(...shape('replace', { externalId }))));
      expect(expectOnly(await find(client, name, withoutMembers))['externalId']).toBe(externalId);
    },
  },
  {
    name: 'Update Group displayName',
    patches: true,
    async run(client, shape) {
      const { path, name, id } = await newGroup(client);
      const displayName = word();
      expectNoContent(await client.patch(path, patchOp(...shape('replace', { displayName }))));
      expect(expectOnly(await find(client, displayName))).toMatchObject({ id, displayName });
      expectList(await find(client, name), { totalResults: 0 });
    },
  },
  {
    name: 'Patch Group - Add Member',
    patches: true,
    async run(client, shape) {
      const [{ path }, user] = await Promise.all([newGroup(client), createUser(client)]);
      expectNoContent(await client.patch(path, patchOp(...shape('replace', { members: [{ value: user.id }] }))));
      expect(await memberIds(client, path)).toEqual([user.id]);
    },
  },
  {
    name: 'Patch Group - Remove Member',
    async run(client) {
      const { path, first, second } = await newGroupOfTwo(client);
      expectNoContent(await client.patch(path, patchOp({ op: 'remove', path: `members[value eq "${first}"]` })));
      expect(await memberIds(client, path)).toEqual([second]);
    },
  },
  {
    name: 'Delete a Group',
    async run(client) {
      const { path, id } = await newGroup(client);
      expectNoContent(await client.delete(path));
      expectRefusal(await client.get(path), 404, { detail: `Group '${id}' does not exist.` });
    },
  },
];
