import { describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  groupUrn,
  memberIds,
  uniqueName,
  userUrn,
} from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const manager = `${enterpriseUrn}:manager`;
const ids = (count: number) => Array.from({ length: count }, (_, index) => `u-${String(index).padStart(6, '0')}`);
const users = (name: string) => scim.client.find('/Users', `userName eq "${name}"`);

async function patchUser(before: object, ...operations: readonly object[]) {
  const { path } = await createUser(scim.client, before);
  const patched = expectBody(await scim.client.patch(path, patchOp(...operations)), 200);
  expect(expectBody(await scim.client.get(path), 200)).toEqual(patched);
  return patched;
}

async function patchGroup(members: readonly string[], ...operations: readonly object[]): Promise<string[]> {
  const { path } = await createGroup(scim.client, { members: members.map((value) => ({ value })) });
  expectNoContent(await scim.client.patch(path, patchOp(...operations)));
  return memberIds(scim.client, path);
}

describe('what has failed between Entra and other servers does not happen to users', () => {
  it('"False" is rejected or taken for true', async () => {
    const user = await patchUser({ active: true }, { op: 'Replace', path: 'active', value: 'False' });
    expect(user['active']).toBe(false);
  });

  it('Add and Replace are unknown operations', async () => {
    const operations = ['Add', 'Replace', 'ADD', 'replace'].map((op, index) => ({
      op,
      path: 'title',
      value: `t${index}`,
    }));
    expect((await patchUser({}, ...operations))['title']).toBe('t3');
  });

  it('a filter without a match is answered 404', async () => {
    expectList(await users('nobody'), { totalResults: 0 });
  });

  it('Remove with a value is refused', async () => {
    const user = await patchUser({ title: 'Analyst' }, { op: 'Remove', path: 'title', value: 'Analyst' });
    expect(user).not.toHaveProperty('title');
  });

  it('"name.givenName" is stored as a literal key or refused', async () => {
    const user = await patchUser(
      {},
      { op: 'replace', value: { 'name.givenName': 'Mia', [`${enterpriseUrn}:division`]: 'D' } },
    );
    expect(user).toMatchObject({ name: { givenName: 'Mia' }, [enterpriseUrn]: { division: 'D' } });
    expect(user).not.toHaveProperty(['name.givenName']);
  });

  it('a path with a filter that matches nothing has no target', async () => {
    const user = await patchUser({}, { op: 'Replace', path: 'emails[type eq "work"].value', value: 'm@acme.test' });
    expect(user['emails']).toEqual([{ type: 'work', value: 'm@acme.test' }]);
  });

  it('a path with a filter of several clauses is not understood', async () => {
    const emails = [
      { type: 'work', value: 'a@acme.test' },
      { type: 'home', value: 'a@acme.test' },
    ];
    const path = 'emails[type eq "work" and value eq "a@acme.test"].display';
    const user = await patchUser({ emails }, { op: 'Replace', path, value: 'Office' });
    expect(user['emails']).toEqual([{ ...emails[0], display: 'Office' }, emails[1]]);
  });

  it('Add makes a second work e-mail address', async () => {
    const emails = [{ type: 'work', value: 'a@acme.test', primary: true }];
    const user = await patchUser({ emails }, { op: 'Add', path: 'emails[type eq "work"].value', value: 'b@acme.test' });
    expect(user['emails']).toEqual([{ type: 'work', value: 'b@acme.test', primary: true }]);
  });

  it('a manager that is a string is rejected, or answered as a string', async () => {
    const user = await patchUser({}, { op: 'Add', path: manager, value: 'u-2' });
    expect(user[enterpriseUrn]).toEqual({ manager: { value: 'u-2' } });
  });

  it('manager[value eq ...] is refused because there is only one manager', async () => {
    const user = await patchUser(
      { [enterpriseUrn]: { manager: 'u-2' } },
      { op: 'Remove', path: `${manager}[value eq "u-2"]` },
    );
    expect(user).not.toHaveProperty([enterpriseUrn]);
  });

  it('a body in application/scim+json is read as empty, or answered in application/json', async () => {
    const headers = { 'content-type': 'application/scim+json' };
    const reply = await scim.client.post('/Users', { userName: uniqueName('u'), title: 'Analyst' }, { headers });
    expect(expectBody(reply, 201)['title']).toBe('Analyst');
  });

  it('a filter on externalId fails, or ignores case', async () => {
    const externalId = uniqueName('Ext');
    await createUser(scim.client, { externalId });
    expectList(await scim.client.find('/Users', `externalId eq "${externalId}"`), { totalResults: 1 });
    expectList(await scim.client.find('/Users', `externalId eq "${externalId.toUpperCase()}"`), { totalResults: 0 });
  });

  it('a conflict has no scimType, or an e-mail address makes one', async () => {
    const emails = [{ type: 'work', value: 'shared@acme.test' }];
    const { name } = await createUser(scim.client, { emails });
    await createUser(scim.client, { emails });
    const conflict = await scim.client.post('/Users', { userName: name });
    expectRefusal(conflict, 409, {
      scimType: 'uniqueness',
      detail: `userName '${name}' is already taken by another User.`,
    });
  });

  it('a userName in another case makes a duplicate', async () => {
    const { name } = await createUser(scim.client, { userName: uniqueName('Jörg.ÅÄÖ') });
    expect((await scim.client.post('/Users', { userName: name.toUpperCase() })).status).toBe(409);
    expectList(await users(name.toLowerCase()), { totalResults: 1 });
  });

  it('a disabled user vanishes', async () => {
    const { path, name } = await createUser(scim.client, { active: false });
    expect(expectBody(await scim.client.get(path), 200)['active']).toBe(false);
    expect(expectList(await users(name), { totalResults: 1 })).toMatchObject([{ active: false }]);
  });

  it('PATCH is not there', async () => {
    expect((await patchUser({}, { op: 'Replace', path: 'title', value: 'Lead' }))['title']).toBe('Lead');
  });

  it('names and URNs count only in one case, and qualified core names not at all', async () => {
    const user = await patchUser(
      {},
      { op: 'Replace', path: `${userUrn.toUpperCase()}:DisplayName`, value: 'Mia' },
      { op: 'Replace', path: `${enterpriseUrn.toLowerCase()}:Department`, value: 'Risk' },
    );
    expect(user).toMatchObject({ displayName: 'Mia', [enterpriseUrn]: { department: 'Risk' } });
  });

  it('active: true does not enable a user again', async () => {
    expect((await patchUser({ active: false }, { op: 'replace', value: { active: true } }))['active']).toBe(true);
  });

  it('a mobile phone number or a formatted name is lost', async () => {
    const sent = { phoneNumbers: [{ type: 'mobile', value: '+46 70' }], name: { formatted: 'Mia Lind' } };
    const { path } = await createUser(scim.client, sent);
    expect(expectBody(await scim.client.get(path), 200)).toMatchObject(sent);
  });

  it('/Users/?filter= is no endpoint', async () => {
    const { name } = await createUser(scim.client);
    expectList(await scim.client.get(`/Users/?filter=userName+eq+%22${name}%22`), { totalResults: 1 });
  });

  it('keys are answered in Pascal case', async () => {
    const { path } = await createUser(scim.client, {
      UserName: uniqueName('u'),
      userName: undefined,
      DisplayName: 'Mia',
    });
    const keys = Object.keys(expectBody(await scim.client.get(path), 200));
    expect(keys).toEqual(['schemas', 'id', 'userName', 'displayName', 'active', 'meta']);
  });

  it('empty Operations are answered 500', async () => {
    expect(await patchUser({ title: 'Analyst' })).toMatchObject({ title: 'Analyst' });
  });

  it('emails[...].primary as text is a conversion error', async () => {
    const emails = [{ type: 'work', value: 'a@acme.test' }];
    const user = await patchUser({ emails }, { op: 'Replace', path: 'emails[type eq "work"].primary', value: 'true' });
    expect(user['emails']).toEqual([{ type: 'work', value: 'a@acme.test', primary: true }]);
  });

  it('a burst above 25 requests a second is limited', async () => {
    const { path } = await createUser(scim.client);
    const replies = await Promise.all(Array.from({ length: 300 }, () => scim.client.get(path)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('what has failed between Entra and other servers does not happen to groups', () => {
  it('Remove with a value clears all members', async () => {
    const remaining = await patchGroup(['a', 'b'], { op: 'Remove', path: 'members', value: [{ value: 'a' }] });
    expect(remaining).toEqual(['b']);
  });

  it("Microsoft's group schema is rejected because nobody knows it", async () => {
    const schemas = [groupUrn, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'];
    expect((await createGroup(scim.client, { schemas })).body['schemas']).toEqual([groupUrn]);
  });

  it('excludedAttributes is ignored', async () => {
    const { path, name } = await createGroup(scim.client, { members: ['a'] });
    expect(expectBody(await scim.client.get(`${path}?excludedAttributes=members`), 200)).not.toHaveProperty('members');
    const found = await scim.client.find('/Groups', `displayName eq "${name}"`, { excludedAttributes: 'members' });
    expect(expectList(found, { totalResults: 1 })[0]).not.toHaveProperty('members');
  });

  it('the member list ends at the size of a page', async () => {
    const many = ids(2_500);
    const { path } = await createGroup(scim.client);
    for (let start = 0; start < many.length; start += 500) {
      const value = many.slice(start, start + 500).map((id) => ({ value: id }));
      expectNoContent(await scim.client.patch(path, patchOp({ op: 'Add', path: 'members', value })));
    }
    expect((await memberIds(scim.client, path)).sort()).toEqual(many);
  });

  it('parallel changes of one group lose members', async () => {
    const { path } = await createGroup(scim.client);
    const many = ids(100);
    const add = (id: string) =>
      scim.client.patch(path, patchOp({ op: 'Add', path: 'members', value: [{ value: id }] }));
    for (const reply of await Promise.all(many.map(add))) expectNoContent(reply);
    expect((await memberIds(scim.client, path)).sort()).toEqual(many);
  });

  it('groups cannot be found by displayName, so that there are two', async () => {
    const { name, id } = await createGroup(scim.client);
    const [found] = expectList(await scim.client.find('/Groups', `displayName eq "${name}"`), { totalResults: 1 });
    expect(found?.['id']).toBe(id);
    expect((await scim.client.post('/Groups', { displayName: name })).status).toBe(409);
  });
});
