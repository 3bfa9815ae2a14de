import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createGroup,
  createUser,
  type Created,
  groupIds,
  memberIds,
  uniqueName,
} from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const rounds = 40;

/** Somebody else writes all the while, so that the view always has something it has not seen. */
let others: Promise<void>;
let isOver = false;
beforeEach(() => {
  isOver = false;
  const write = async () => {
    while (!isOver) await createUser(scim.client);
  };
  others = Promise.all([write(), write()]).then(() => undefined);
});
afterEach(async () => {
  isOver = true;
  await others;
});

async function idsNamed(endpoint: string, attribute: string, name: string): Promise<string[]> {
  const { body } = await scim.client.find(endpoint, `${attribute} eq ${JSON.stringify(name)}`);
  return (body['Resources'] as unknown as { id: string }[]).map(({ id }) => id);
}

const userNamed = (name: string) => idsNamed('/Users', 'userName', name);
const groupNamed = (name: string) => idsNamed('/Groups', 'displayName', name);
const patch = (path: string, ...operations: readonly object[]) => scim.client.patch(path, patchOp(...operations));

async function inRounds(work: (round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round++) await work(round);
}

describe('a read that begins when a write was answered, while others write', () => {
  it('finds a user by its name, and not before it is there', () =>
    inRounds(async () => {
      const userName = `${uniqueName('user')}@acme.test`;
      expect(await userNamed(userName)).toEqual([]);
      const { id } = await createUser(scim.client, { userName });
      expect(await userNamed(userName.toUpperCase())).toEqual([id]);
    }));

  it('finds a user by the name it has now, and shows it so', async () => {
    const user = await createUser(scim.client);
    let before = user.name;
    await inRounds(async (round) => {
      const userName = `${uniqueName(`renamed-${round}`)}@acme.test`;
      expectBody(await patch(user.path, { op: 'replace', path: 'userName', value: userName }), 200);
      expect(await userNamed(before)).toEqual([]);
      const [found] = expectList(await scim.client.find('/Users', `userName eq "${userName}"`), { totalResults: 1 });
      expect(found?.['userName']).toBe(userName);
      before = userName;
    });
  });

  it('shows what was changed of a user that is found by a name it keeps', async () => {
    const user = await createUser(scim.client);
    await inRounds(async (round) => {
      await patch(user.path, { op: 'replace', path: 'title', value: `title ${round}` });
      const [found] = expectList(await scim.client.find('/Users', `userName eq "${user.name}"`), { totalResults: 1 });
      expect(found?.['title']).toBe(`title ${round}`);
      expect(expectBody(await scim.client.get(user.path), 200)['title']).toBe(`title ${round}`);
    });
  });

  it('does not find who was deleted, by name or by id', () =>
    inRounds(async () => {
      const { path, name } = await createUser(scim.client);
      expectNoContent(await scim.client.delete(path));
      expect(await userNamed(name)).toEqual([]);
      expect((await scim.client.get(path)).status).toBe(404);
    }));

  it('finds a group by its name, with the members it has', async () => {
    const user = await createUser(scim.client);
    await inRounds(async (round) => {
      const members = round % 2 === 0 ? [{ value: user.id }] : [];
      const group = await createGroup(scim.client, { members });
      const filter = `displayName eq "${group.name}"`;
      const [found] = expectList(await scim.client.find('/Groups', filter), { totalResults: 1 });
      expect(found).toEqual(group.body);
      expect(await memberIds(scim.client, group.path)).toEqual(members.map(({ value }) => value));
      expectNoContent(await scim.client.delete(group.path));
      expect(await groupNamed(group.name)).toEqual([]);
    });
  });

  it('shows a user with the groups it is in now, whatever they are called', async () => {
    const user = await createUser(scim.client);
    const group = await createGroup(scim.client);
    await inRounds(async (round) => {
      const displayName = uniqueName(`group-${round}`);
      await patch(group.path, { op: 'add', path: 'members', value: [{ value: user.id }] });
      expect(await groupIds(scim.client, user.path)).toEqual([group.id]);
      await patch(group.path, { op: 'replace', path: 'displayName', value: displayName });
      const [found] = expectList(await scim.client.find('/Users', `userName eq "${user.name}"`), { totalResults: 1 });
      expect(found?.['groups']).toMatchObject([{ value: group.id, display: displayName }]);
      await patch(group.path, { op: 'remove', path: `members[value eq "${user.id}"]` });
      expect(await groupIds(scim.client, user.path)).toEqual([]);
    });
  });

  it('shows no user a group that is gone, and no group a user that is gone', async () => {
    const staying = await createUser(scim.client);
    await inRounds(async () => {
      const leaving: Created = await createUser(scim.client);
      const members = [staying, leaving].map(({ id }) => ({ value: id }));
      const [gone, kept] = [await createGroup(scim.client, { members }), await createGroup(scim.client, { members })];
      expectNoContent(await scim.client.delete(gone.path));
      expect(await groupIds(scim.client, staying.path)).not.toContain(gone.id);
      expectNoContent(await scim.client.delete(leaving.path));
      expect(await memberIds(scim.client, kept.path)).toEqual([staying.id]);
      const [found] = expectList(await scim.client.find('/Groups', `displayName eq "${kept.name}"`), {
        totalResults: 1,
      });
      expect(found?.['members']).toMatchObject([{ value: staying.id }]);
    });
  });
});
