import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  groupUrn,
  uniqueName,
  userUrn,
} from '../support/directory-requests.js';
import { valueAt } from '../support/resource-path.js';
import { expectBody, expectList, expectNoContent } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { mappedGroupPaths, mappedUserPaths, optionalUserPaths } from './default-mapping.js';

const scim = serverUnderTest();
const manager = `${enterpriseUrn}:manager`;

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

/** The paths an attribute offers to an attribute mapping, by the rules of Microsoft's validation template. */
function flatten({ name, type, multiValued, subAttributes = [] }: Attribute): string[] {
  if (type !== 'complex' || name === 'manager' || name === 'members') return [name];
  const subs = subAttributes.map((sub) => sub.name);
  if (!multiValued) return subs.map((sub) => `${name}.${sub}`);
  const types = subAttributes.find((sub) => sub.name === 'type')?.canonicalValues;
  const filters = types ? types.map((value) => `type eq "${value}"`) : ['primary eq "True"'];
  return filters.flatMap((filter) => subs.map((sub) => `${name}[${filter}].${sub}`));
}

async function offeredPaths(...urns: readonly string[]): Promise<string[]> {
  const schemas = expectList(await scim.client.get('/Schemas'), { totalResults: 3 });
  return urns.flatMap((urn) => {
    const schema = schemas.find(({ id }) => id === urn) as JsonObject & { attributes: Attribute[] };
    const prefix = urn === userUrn || urn === groupUrn ? '' : `${urn}:`;
    return schema.attributes.flatMap(flatten).map((path) => `${prefix}${path}`.toLowerCase());
  });
}

describe('Schema_Discoverability_Test', () => {
  it('finds every mapped attribute of a user', async () => {
    const mapped = [...mappedUserPaths, 'roles[primary eq "True"].value', 'roles[primary eq "True"].type'];
    const offered = await offeredPaths(userUrn, enterpriseUrn);
    expect(offered).toEqual(expect.arrayContaining(mapped.map((path) => path.toLowerCase())));
  });

  it('finds every mapped attribute of a group', async () => {
    expect(await offeredPaths(groupUrn)).toEqual(
      expect.arrayContaining(mappedGroupPaths.map((path) => path.toLowerCase())),
    );
  });

  it('finds no null in any schema', async () => {
    expect((await scim.client.get('/Schemas')).text).not.toContain('null');
  });
});

describe('SCIM_User_Create_Test and SCIM_Group_Create_Test', () => {
  it('get an id and the name as it was sent', async () => {
    const userName = `${uniqueName('ÆØÅ Mixed Case')}@Acme.TEST`;
    const displayName = `${uniqueName('Größe & <Gruppe>')} `;
    const user = await createUser(scim.client, { userName });
    const group = await createGroup(scim.client, { displayName });
    expect([user.name, group.name]).toEqual([userName, displayName]);
    expect([typeof user.body['id'], typeof group.body['id']]).toEqual(['string', 'string']);
  });
});

describe('SCIM_User_Update_Test', () => {
  const texts = [...mappedUserPaths, 'nickName', 'userType', 'locale', 'timezone', 'profileUrl'].filter(
    (path) => path !== 'active' && path !== manager,
  );

  it.each(texts)('reads back what was written to %s', async (path) => {
    const user = await createUser(scim.client);
    const value = `upd-${uniqueName('7f3a91c2')}`;
    for (const operation of [
      { op: 'Replace', path, value },
      { op: 'replace', value: { [path]: value } },
    ]) {
      expect(valueAt(expectBody(await scim.client.patch(user.path, patchOp(operation)), 200), path)).toBe(value);
      expect(valueAt(expectBody(await scim.client.get(user.path), 200), path)).toBe(value);
    }
  });
});

describe('SCIM_Null_Update_Test', () => {
  it.each(['', null])('clears every optional attribute at once without a path: %j', async (nothing) => {
    const { path, body } = await createUser(scim.client, { title: 'Analyst', [enterpriseUrn]: { department: 'Risk' } });
    const value = Object.fromEntries(optionalUserPaths.map((target) => [target, nothing]));
    expectBody(await scim.client.patch(path, patchOp({ op: 'replace', value })), 200);
    const user = expectBody(await scim.client.get(path), 200);
    expect(user).toEqual({ schemas: [userUrn], id: body['id'], userName: body['userName'], meta: user['meta'] });
  });
});

describe('SCIM_Group_Update_Test', () => {
  it.each(['displayName', 'externalId'])('reads back what was written to %s', async (path) => {
    const group = await createGroup(scim.client);
    const value = uniqueName('upd');
    expectNoContent(await scim.client.patch(group.path, patchOp({ op: 'Replace', path, value })));
    expect(expectBody(await scim.client.get(group.path), 200)[path]).toBe(value);
  });
});

describe('SCIM_Update_Manager_Test', () => {
  it('adds a manager as a string, replaces it by another and clears it with an empty string', async () => {
    const [first, second] = [await createUser(scim.client), await createUser(scim.client)];
    const { path } = await createUser(scim.client);
    const steps = [
      { op: 'Add', value: first.id, after: { value: first.id } },
      { op: 'Replace', value: second.id, after: { value: second.id } },
      { op: 'Replace', value: '', after: undefined },
    ];
    for (const { op, value, after } of steps) {
      expectBody(await scim.client.patch(path, patchOp({ op, path: manager, value })), 200);
      expect(valueAt(expectBody(await scim.client.get(path), 200), manager)).toEqual(after);
    }
  });
});

describe.each([
  { name: 'SCIM_User_Pagination_Test', endpoint: '/Users', create: createUser },
  { name: 'SCIM_Group_Pagination_Test', endpoint: '/Groups', create: createGroup },
])('$name', ({ endpoint, create }) => {
  it('reads every resource once in full pages of five, each beginning where it was asked to', async () => {
    for (let made = 0; made < 11; made += 5) {
      const shared = endpoint === '/Users' ? { emails: [{ type: 'work', value: 'same@acme.test' }] } : {};
      await Promise.all(Array.from({ length: 5 }, () => create(scim.client, shared)));
    }
    const all = expectBody(await scim.client.get(`${endpoint}?startIndex=1&count=1000`), 200);
    const totalResults = all['totalResults'] as number;
    expect(totalResults).toBeGreaterThanOrEqual(11);
    const read: JsonObject[] = [];
    for (let startIndex = 1; startIndex <= totalResults; startIndex += 5) {
      const page = await scim.client.get(`${endpoint}?startIndex=${startIndex}&count=5`);
      const resources = expectList(page, { totalResults, startIndex });
      expect(resources.length).toBe(Math.min(5, totalResults - startIndex + 1));
      read.push(...resources);
    }
    expect(read).toEqual(all['Resources']);
    expect(new Set(read.map(({ id }) => id)).size).toBe(totalResults);
  });
});
