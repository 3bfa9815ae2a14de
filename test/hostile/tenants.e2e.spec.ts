import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject, TenantId } from '#kernel';
import { SqliteEventStore } from '#event-store-sqlite';
import { generateToken, storedCredential } from '../../apps/scim-ingress/src/index.js';
import { writeInstallation } from '../../apps/standalone/src/installation/installation-file.js';
import {
  type Created,
  createGroup,
  createUser,
  enterpriseUrn,
  memberIds,
  uniqueName,
} from '../support/directory-requests.js';
import { memberOperations } from '../support/entra-operations.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { patchOp, ScimClient, type ScimReply } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';

/** One id begins like the other, so that no comparison of beginnings goes unnoticed. */
const acme = 'acme' as TenantId;
const acmeToo = 'acme_too' as TenantId;
const ownerToken = generateToken();
const strangerToken = generateToken();

const directory = dataDirectory();
let server: ServerProcess;
const clients: ScimClient[] = [];

/** The one that is looked for, and what it holds. */
let owner: ScimClient;
let user: Created;
let group: Created;
let before: string[];

/** The one that looks. */
let stranger: ScimClient;

function clientOf(tenant: string, token: string): ScimClient {
  const client = new ScimClient(`${server.origin}/tenants/${tenant}/scim/v2`, token);
  clients.push(client);
  return client;
}

/** Everything of the owner's, as text. */
async function everythingOwned(): Promise<string[]> {
  const paths = ['/Users?count=1000', '/Groups?count=1000', user.path, group.path];
  return Promise.all(paths.map(async (path) => (await owner.get(path)).text));
}

beforeAll(async () => {
  // An installation file alone would say that its log is lost.
  await SqliteEventStore.open({ file: join(directory.path, 'log.sqlite') }).close();
  writeInstallation(join(directory.path, 'installation.json'), {
    nameSecret: '5c'.repeat(32),
    credentials: [storedCredential('a', acme, ownerToken), storedCredential('b', acmeToo, strangerToken)],
  });
  server = await ServerProcess.start({ directory: directory.path });
  owner = clientOf(acme, ownerToken);
  stranger = clientOf(acmeToo, strangerToken);
  user = await createUser(owner, { userName: 'mia@acme.test', externalId: 'e-1', title: 'Lead' });
  group = await createGroup(owner, { displayName: 'Owners', members: [{ value: user.id }] });
  await owner.patch(user.path, patchOp({ op: 'Replace', path: 'title', value: 'Boss' }));
  for (const userName of ['a', 'b', 'c']) await createUser(owner, { userName });
  before = await everythingOwned();
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server.stop();
  directory.remove();
});

/** The answer as it would be had the owner's resource never been: the same for an id that nobody has. */
async function expectUnknown(send: (path: string) => Promise<ScimReply>, { path, id }: Created): Promise<void> {
  const nobody = `00000000${id.slice(8)}`;
  const [reply, toNobody] = [await send(path), await send(path.replace(id, nobody))];
  expectRefusal(reply, 404, { detail: `${path.includes('Users') ? 'User' : 'Group'} '${id}' does not exist.` });
  const comparable = ({ text, headers: { date, ...headers } }: ScimReply) => [
    text.replace(nobody, id),
    headers,
    typeof date,
  ];
  expect(comparable(reply)).toEqual(comparable(toNobody));
}

describe('a tenant', () => {
  it('is opened by its own token only, and is not told from one that does not exist', async () => {
    const replies = await Promise.all(
      ['acme', 'nobody', 'ACME', '__proto__', 'acme%00', 'default', '%61cme'].map((tenant) =>
        clientOf(tenant, strangerToken).get('/Users'),
      ),
    );
    for (const reply of replies) {
      expectRefusal(reply, 401, { detail: replies[0]?.body['detail'] as string });
      expect(reply.text).toBe(replies[0]?.text);
    }
  });

  it('is not left by an address that climbs out of it', async () => {
    for (const path of [
      '/../../../acme/scim/v2/Users',
      '/%2e%2e/%2e%2e/%2e%2e/acme/scim/v2/Users',
      '/..%2f..%2f..%2facme%2fscim%2fv2%2fUsers',
      `/Users/..%2f..%2f..%2f..%2facme%2fscim%2fv2${user.path}`,
    ]) {
      const reply = await stranger.get(path);
      expect([401, 404]).toContain(reply.status);
      expect(reply.text).not.toContain('mia@acme.test');
    }
  });

  it('does not read, change or delete by the ids of another', async () => {
    const versions = ['W/"1"', '*', undefined] as const;
    for (const resource of [user, group]) {
      for (const tag of versions) {
        const headers = { 'if-match': tag };
        const name = resource === user ? { userName: 'x' } : { displayName: 'x' };
        await expectUnknown((path) => stranger.get(path, { headers: { 'if-none-match': tag } }), resource);
        await expectUnknown((path) => stranger.put(path, name, { headers }), resource);
        await expectUnknown((path) => stranger.patch(path, patchOp({ op: 'add', value: name }), { headers }), resource);
        await expectUnknown((path) => stranger.delete(path, { headers }), resource);
      }
    }
    const { add, remove } = memberOperations.default;
    for (const operation of [add(user.id), remove(user.id)]) {
      await expectUnknown((path) => stranger.patch(path, patchOp(operation)), group);
    }
    expect(await everythingOwned()).toEqual(before);
  });

  it('does the same in bulk', async () => {
    const { body } = await stranger.post('/Bulk', {
      Operations: [
        { method: 'DELETE', path: user.path },
        { method: 'PATCH', path: group.path, data: patchOp(memberOperations.default.remove(user.id)) },
        { method: 'PUT', path: user.path, version: 'W/"1"', data: { userName: 'x' } },
      ],
    });
    expect((body['Operations'] as JsonObject[]).map(({ status }) => status)).toEqual(['404', '404', '404']);
    expect(await everythingOwned()).toEqual(before);
  });

  it.each([
    'userName eq "mia@acme.test"',
    'externalId eq "e-1"',
    'id pr',
    'meta.version eq "W/\\"1\\""',
    'not (userName eq "nobody")',
    'displayName eq "Owners"',
    'title eq "Boss" or title ne "Boss" or not (title pr)',
  ])('finds nothing of another: %s', async (filter) => {
    const ids = [user.id, group.id];
    for (const path of ['/Users/.search', '/Groups/.search', '/.search']) {
      const reply = await stranger.post(path, { filter, count: 1000 });
      if (reply.status === 400) expect(reply.body['scimType']).toBe('invalidFilter');
      for (const id of ids) expect(reply.text).not.toContain(id);
    }
  });

  it.each(['id', 'groups.value', 'members.value'])('finds nobody by an id of another: %s', async (attribute) => {
    for (const { id } of [user, group]) {
      const endpoint = attribute.startsWith('members') ? '/Groups' : '/Users';
      expectList(await stranger.find(endpoint, `${attribute} eq "${id}"`), { totalResults: 0 });
    }
  });

  it('does not go on with a list of another', async () => {
    const page = await owner.get('/Users?cursor&count=2');
    const cursor = expectBody(page, 200)['nextCursor'] as string;
    expectBody(await owner.get(`/Users?cursor=${cursor}&count=2`), 200);
    const refused = await stranger.get(`/Users?cursor=${cursor}&count=2`);
    expectRefusal(refused, 400, { scimType: 'invalidCursor', detail: /not valid for this query/ });
    expect(refused.text).toBe((await stranger.get('/Users?cursor=AAAA&count=2')).text);
  });

  it('takes names that another has, and gives them up without it noticing', async () => {
    const same = await createUser(stranger, { userName: 'MIA@acme.test', externalId: 'e-1' });
    const sameGroup = await createGroup(stranger, { displayName: 'Owners' });
    const renamed = await createUser(stranger);
    const rename = patchOp({ op: 'Replace', path: 'userName', value: 'a' });
    expectBody(await stranger.patch(renamed.path, rename), 200);
    expectList(await stranger.find('/Users', 'userName eq "mia@acme.test"'), { totalResults: 1 });
    for (const { path } of [same, sameGroup, renamed]) expect((await stranger.delete(path)).status).toBe(204);
    expect(await everythingOwned()).toEqual(before);
    for (const userName of ['mia@ACME.test', 'a']) expect((await owner.post('/Users', { userName })).status).toBe(409);
  });

  it('learns nothing of a member or a manager of another, and does not make one of it', async () => {
    const ours = await createGroup(stranger, { members: [{ value: user.id }, { value: group.id }] });
    const members = (await stranger.get(ours.path)).body['members'] as JsonObject[];
    expect(members.map((member) => Object.keys(member))).toEqual([['value'], ['value']]);
    const report = await createUser(stranger, { [enterpriseUrn]: { manager: { value: user.id } } });
    expect((await stranger.get(report.path)).body[enterpriseUrn]).toEqual({ manager: { value: user.id } });
    expect(await everythingOwned()).toEqual(before);
  });

  it('keeps its memberships when somebody of the same id leaves another', async () => {
    const leaver = await createUser(owner);
    const theirs = await createGroup(owner, { members: [{ value: leaver.id }] });
    const ours = await createGroup(stranger, { displayName: uniqueName('ours'), members: [{ value: leaver.id }] });
    expect((await owner.delete(leaver.path)).status).toBe(204);
    expect(await memberIds(owner, theirs.path)).toEqual([]);
    expect(await memberIds(stranger, ours.path)).toEqual([leaver.id]);
    expect((await owner.delete(theirs.path)).status).toBe(204);
  });
});
