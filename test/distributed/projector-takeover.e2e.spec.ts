import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ComposeProcess } from '../support/compose-process.js';
import { createGroup, createUser, memberIds, uniqueName, userUrn } from '../support/directory-requests.js';
import { DirectoryLoad } from '../support/directory-load.js';
import { memberOperations } from '../support/entra-operations.js';
import { patchOp, type ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';
import { untilListed } from './until-listed.js';

/** Within which a standby takes over, milliseconds. */
const takesOverWithin = 10_000;

/** How long a write is held back where the view stands still: for the view, and one that deletes for memberships before. */
const waitsAtMost = 6_000;

let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];

beforeAll(async () => {
  installation = await Installation.start({ projectors: 2 });
  nodes = await installation.clients();
});
afterAll(() => installation?.stop());

/** Waits until a new user is found on both nodes, by a list. @returns for how long, milliseconds. */
async function untilListsAreFresh(): Promise<number> {
  const began = performance.now();
  const { name } = await createUser(nodes[0]);
  for (const node of nodes) await untilListed(node, name);
  return performance.now() - began;
}

describe('a leading projector', () => {
  it('that is killed under load is replaced within 10 seconds, and until then nothing stale is read', async () => {
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(100);
    const leader = await installation.leader();
    await leader.kill();
    expect(await untilListsAreFresh()).toBeLessThan(takesOverWithin);
    await load.acknowledges(50);
    await load.stop();
    expect(load.answerTimes.max).toBeLessThan(waitsAtMost);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });

  it('that is killed leaves reads of one node right about what another node was answered', async () => {
    const [writing, reading] = nodes;
    await installation.restore();
    const group = await createGroup(writing);
    await (await installation.leader()).kill();
    const userName = `${uniqueName('late')}@acme.test`;
    const { body } = await writing.post('/Users', { schemas: [userUrn], userName });
    const id = body['id'] as string;
    expect((await reading.get(`/Users/${id}`)).status).toBe(200);
    const { status } = await writing.patch(group.path, patchOp(memberOperations.default.add(id)));
    expect(status).toBe(204);
    expect(await memberIds(reading, group.path)).toEqual([id]);
    const found = await reading.find('/Users', `userName eq "${userName}"`);
    expect([found.status, found.body['totalResults']]).toEqual(found.status === 503 ? [503, undefined] : [200, 1]);
    await untilListsAreFresh();
  });

  it('that is paused, replaced, and wakes writes nothing any more and stands by', async () => {
    await installation.restore();
    const old = await installation.leader();
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    old.signal('SIGSTOP');
    expect(await untilListsAreFresh()).toBeLessThan(takesOverWithin);
    const next = await installation.leader([old]);
    old.signal('SIGCONT');
    await load.acknowledges(200);
    await load.stop();
    await old.until(async () => (await leads(old)) === 0);
    expect(await leads(next)).toBe(1);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });

  it('that is overtaken without its lease having ended, as on a machine that was suspended, begins a term anew', async () => {
    await installation.restore();
    await installation.leader();
    const [live] = await installation.database.execute<{ number: number }>(
      `SELECT number FROM scim_view.generation WHERE state = 'live'`,
    );
    await installation.database.execute(`UPDATE scim_view_g${live?.number}.checkpoint SET epoch = epoch + 1`);
    expect(await untilListsAreFresh()).toBeLessThan(takesOverWithin);
  });
});

function leads(projector: ComposeProcess): Promise<number | undefined> {
  return projector.metric('projector_leading', installation.adminToken);
}
