import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createUser,
  type Created,
  enterpriseUrn,
  groupUrn,
  userUrn,
} from '../support/directory-requests.js';
import { expectList } from '../support/scim-answers.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const manager = 'Boss-1';
let report: Created;
let group: Created;

beforeAll(async () => {
  report = await createUser(scim.client, { [enterpriseUrn]: { manager } });
  await createUser(scim.client, { [enterpriseUrn]: { manager } });
  group = await createGroup(scim.client, { members: [{ value: report.id }, { value: 'u-2' }] });
  await createGroup(scim.client, { members: [{ value: report.id }] });
});

/** Both clauses in both orders, as a template in which `ID` is the resource and `REF` whom it refers to. */
function inBothOrders(...spellings: readonly string[]): string[] {
  return spellings.flatMap((spelling) => [`id eq "ID" and ${spelling}`, `${spelling} and id eq "ID"`]);
}

const managerFilters = inBothOrders(
  'manager eq "REF"',
  'manager.value eq "REF"',
  'manager[value eq "REF"]',
  `${enterpriseUrn}:manager eq "REF"`,
  `${enterpriseUrn}:manager.value eq "REF"`,
  `${enterpriseUrn.toUpperCase()}:MANAGER.VALUE EQ "REF"`,
);

const memberFilters = inBothOrders(
  'members eq "REF"',
  'members.value eq "REF"',
  'members[value eq "REF"]',
  `${groupUrn}:members eq "REF"`,
  `${groupUrn}:members.value EQ "REF"`,
);

async function ask(endpoint: string, template: string, id: string, reference: string) {
  const filter = template.replace('ID', id).replace('REF', reference);
  return scim.client.find(endpoint, filter, { attributes: 'id' });
}

describe("Entra's question whether a user has a manager", () => {
  it.each(managerFilters)('is answered with the id and nothing more: %s', async (filter) => {
    const found = expectList(await ask('/Users', filter, report.id, manager), { totalResults: 1 });
    expect(found).toEqual([{ schemas: [userUrn, enterpriseUrn], id: report.id }]);
  });

  it.each(managerFilters)('is answered with nobody where it is another: %s', async (filter) => {
    expectList(await ask('/Users', filter, report.id, 'boss-1'), { totalResults: 0 });
    expectList(await ask('/Users', filter, 'u-9', manager), { totalResults: 0 });
  });
});

describe("Entra's question whether a group has a member", () => {
  it.each(memberFilters)('is answered with the id and nothing more: %s', async (filter) => {
    const found = expectList(await ask('/Groups', filter, group.id, report.id), { totalResults: 1 });
    expect(found).toEqual([{ schemas: [groupUrn], id: group.id }]);
  });

  it.each(memberFilters)('is answered with no group where it has not: %s', async (filter) => {
    expectList(await ask('/Groups', filter, group.id, 'u-9'), { totalResults: 0 });
    expectList(await ask('/Groups', filter, 'g-9', report.id), { totalResults: 0 });
  });

  it('may be asked of all groups', async () => {
    expectList(await scim.client.find('/Groups', `members eq "${report.id}"`), { totalResults: 2 });
    expectList(await scim.client.find('/Users', `groups.value eq "${group.id}"`), { totalResults: 1 });
  });
});
