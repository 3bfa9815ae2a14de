import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createUser,
  type Created,
  enterpriseUrn,
  memberIds,
  uniqueName,
  userUrn,
} from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();

describe("creating users as Microsoft's reference collection does", () => {
  it('without a userName is refused', async () => {
    const reply = await scim.client.post('/Users', { schemas: [userUrn], active: true });
    expectRefusal(reply, 400, { scimType: 'invalidValue', detail: 'userName is required and must not be empty.' });
  });

  it('with malformed JSON is refused, and the place is named', async () => {
    const reply = await scim.client.post('/Users', '{"userName": "UserName123", "active": true');
    expectRefusal(reply, 400, { scimType: 'invalidSyntax', detail: /^The request body is not valid JSON: / });
  });

  it('with "True" as active succeeds, names in Pascal case too', async () => {
    const { body } = await createUser(scim.client, { Active: 'True', DisplayName: 'lennay' });
    expect(body).toMatchObject({ active: true, displayName: 'lennay' });
  });

  it('twice is a conflict', async () => {
    const { name } = await createUser(scim.client);
    const reply = await scim.client.post('/Users', { schemas: [userUrn, enterpriseUrn], userName: name });
    expectRefusal(reply, 409, {
      scimType: 'uniqueness',
      detail: `userName '${name}' is already taken by another User.`,
    });
  });
});

describe('replacing a user', () => {
  it('answers the user, whose other attributes are gone', async () => {
    const { path, name, id } = await createUser(scim.client, { title: 'Analyst', active: true });
    const replaced = expectBody(await scim.client.put(path, { userName: name, displayName: 'Ryan' }), 200);
    expect(replaced).toMatchObject({ id, userName: name, displayName: 'Ryan', active: true });
    expect(replaced).not.toHaveProperty('title');
    expect(expectBody(await scim.client.get(path), 200)).toEqual(replaced);
  });

  it('without a userName is refused', async () => {
    const { path, body } = await createUser(scim.client);
    const detail = 'userName is required and must not be empty.';
    expectRefusal(await scim.client.put(path, { displayName: 'x' }), 400, { scimType: 'invalidValue', detail });
    expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
  });

  it('with a misspelled attribute succeeds without it', async () => {
    const { path, name } = await createUser(scim.client);
    const replaced = expectBody(await scim.client.put(path, { userName: name, emials: 'x', 'meta ': 1 }), 200);
    expect(Object.keys(replaced).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
  });

  it('of another id is not found', async () => {
    expectRefusal(await scim.client.put('/Users/nosuch', { userName: 'x' }), 404, {
      detail: "User 'nosuch' does not exist.",
    });
  });
});

describe('patching as the collection does', () => {
  it('takes an id in the envelope and a name in an operation', async () => {
    const { path, id } = await createUser(scim.client);
    const operations = [
      { name: 'replaceTitle', op: 'replace', path: 'title', value: 'Manager' },
      { op: 'add', path: 'emails[type eq "work"].value', value: 'a@acme.test' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@acme.test' },
    ];
    const patched = expectBody(await scim.client.patch(path, { id, ...patchOp(...operations) }), 200);
    expect(patched).toMatchObject({ title: 'Manager', emails: [{ type: 'work', value: 'b@acme.test' }] });
  });

  it('adds members as bare strings, with names, and such as nobody knows, then takes all away', async () => {
    const { path } = await createGroup(scim.client);
    const values = [['u-1'], [{ value: 'u-2', displayName: 'VP' }], [{ $ref: null, value: 'u-3' }]];
    for (const value of values)
      expectNoContent(await scim.client.patch(path, patchOp({ op: 'Add', path: 'members', value })));
    expect(await memberIds(scim.client, path)).toEqual(['u-1', 'u-2', 'u-3']);
    expectNoContent(await scim.client.patch(path, patchOp({ op: 'remove', path: 'members' })));
    expect(await memberIds(scim.client, path)).toEqual([]);
  });
});

describe('the endpoints', () => {
  it('are found in lower case, as the first request of the collection has it', async () => {
    const { id, name, body } = await createUser(scim.client);
    expect(expectList(await scim.client.find('/users', `userName eq "${name}"`), { totalResults: 1 })).toEqual([body]);
    expect(expectBody(await scim.client.get(`/users/${id}`), 200)).toEqual(body);
  });

  it('are behind the same token in whatever case', async () => {
    const { tenantUrl } = scim.server;
    const base = tenantUrl.replace('/tenants/', '/TENANTS/');
    for (const address of [`${tenantUrl}/users`, `${base}/Users`, `${base}/SCHEMAS`])
      expect([address, (await fetch(address)).status]).toEqual([address, 401]);
  });

  it('refuse a method they do not know in whatever case', async () => {
    expectRefusal(await scim.client.post('/serviceproviderconfig', {}), 405, { detail: /^POST is not supported on / });
  });
});

describe("the collection's filters", () => {
  const mark = uniqueName('mark');
  let one: Created;
  let two: Created;

  beforeAll(async () => {
    one = await createUser(scim.client, { userName: `${mark}-1`, title: 'Analyst', displayName: mark, active: true });
    // Others come until the clock has moved on, so that the two differ in `meta.created`.
    while (createdOf(await createUser(scim.client)) === createdOf(one));
    two = await createUser(scim.client, { userName: `${mark}-2`, title: 'Lead', displayName: mark, active: false });
  });

  it.each<[string, () => string, ('one' | 'two')[]]>([
    ['eq', () => `userName eq "${mark}-1"`, ['one']],
    ['an unquoted literal', () => `userName eq ${mark}-1`, ['one']],
    ['and with or in brackets', () => `displayName eq "${mark}" and (title eq "Lead" or title eq "Boss")`, ['two']],
    [
      'or with and before it',
      () => `displayName eq "${mark}" and title eq "Lead" or userName eq "${mark}-1"`,
      ['one', 'two'],
    ],
    ['sw', () => `userName sw "${mark.toUpperCase()}"`, ['one', 'two']],
    ['ew and co', () => `displayName co "${mark.slice(6)}" and userName ew "-2"`, ['two']],
    ['gt on meta.created', () => `displayName eq "${mark}" and meta.created gt "${createdOf(one)}"`, ['two']],
    [
      'ge and le on meta.lastModified',
      () => `displayName eq "${mark}" and meta.lastModified le "${createdOf(one)}"`,
      ['one'],
    ],
    ['a boolean', () => `displayName eq "${mark}" and active eq false`, ['two']],
    ['a boolean in quotes', () => `displayName eq "${mark}" and active eq "True"`, ['one']],
    ['pr and not', () => `displayName eq "${mark}" and title pr and not (title eq "Lead")`, ['one']],
    ['ne', () => `displayName eq "${mark}" and title ne "Lead"`, ['one']],
  ])('mean what they say: %s', async (_, filter, expected) => {
    const users = { one: one.body, two: two.body };
    const found = expectList(await scim.client.find('/Users', filter()), { totalResults: expected.length });
    expect(new Set(found)).toEqual(new Set(expected.map((name) => users[name])));
  });

  it('page by startIndex and count', async () => {
    const page = await scim.client.find('/Users', `displayName eq "${mark}"`, { startIndex: '1', count: '2' });
    expectList(page, { totalResults: 2 });
    const second = await scim.client.find('/Users', `displayName eq "${mark}"`, { startIndex: '2', count: '1' });
    expect(expectList(second, { totalResults: 2, startIndex: 2 })).toEqual([two.body]);
  });

  it('take attributes with a filter in them as the attribute', async () => {
    const others = { attributes: 'emails[type eq "work"],userName' };
    const [found] = expectList(await scim.client.find('/Users', `userName eq "${mark}-1"`, others), {
      totalResults: 1,
    });
    expect(found).toEqual({ schemas: [userUrn], id: one.id, userName: one.name });
  });
});

function createdOf({ body }: Created): string {
  return (body['meta'] as { created: string }).created;
}
