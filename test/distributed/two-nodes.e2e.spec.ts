import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createUser, groupIds, memberIds, uniqueName, userUrn } from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent } from '../support/scim-answers.js';
import { patchOp, type ScimClient } from '../support/scim-client.js';
import { contradictions } from '../support/served-directory.js';
import { Installation } from './installation.js';

let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];

beforeAll(async () => {
  installation = await Installation.start();
  nodes = await installation.clients();
});
afterAll(() => installation?.stop());

const nodeOf = (index: number) => nodes[index % 2] as ScimClient;

describe('two ingress nodes on one log', () => {
  it('show on one node what was answered on the other, at once', async () => {
    for (let round = 0; round < 25; round++) {
      const [here, there] = [nodeOf(round), nodeOf(round + 1)];
      const user = await createUser(here);
      expect(expectBody(await there.get(user.path), 200)).toMatchObject({ id: user.id });
      const title = `title ${round}`;
      expectBody(await there.patch(user.path, patchOp({ op: 'replace', path: 'title', value: title })), 200);
      const [found] = expectList(await here.find('/Users', `userName eq "${user.name}"`), { totalResults: 1 });
      expect(found?.['title']).toBe(title);
      const group = await createGroup(here, { members: [{ value: user.id }] });
      expect(await groupIds(there, user.path)).toEqual([group.id]);
      expectNoContent(await there.delete(user.path));
      expect(await memberIds(here, group.path)).toEqual([]);
      expect((await here.get(user.path)).status).toBe(404);
    }
  });

  it('give a name to one of fifty who want it at once', async () => {
    const name = `${uniqueName('wanted')}@acme.test`;
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        nodeOf(index).post('/Users', {
          schemas: [userUrn],
          userName: index % 3 === 0 ? name.toUpperCase() : name,
        }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ body }) => body['scimType'] === 'uniqueness')).toHaveLength(49);
    for (const node of nodes) expectList(await node.find('/Users', `userName eq "${name}"`), { totalResults: 1 });
  });

  it('accept 500 members of one group that are added one by one at once', async () => {
    const group = await createGroup(nodes[0]);
    const users = await Promise.all(Array.from({ length: 500 }, (_, index) => createUser(nodeOf(index))));
    const replies = await Promise.all(
      users.map(({ id }, index) =>
        nodeOf(index).patch(group.path, patchOp({ op: 'add', path: 'members', value: [{ value: id }] })),
      ),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
    const expected = users.map(({ id }) => id).sort();
    for (const node of nodes) expect((await memberIds(node, group.path)).sort()).toEqual(expected);
  });

  it('say the same of everything, by every way there is', async () => {
    for (const node of nodes) expect(await contradictions(node)).toEqual([]);
  });
});
