import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresGenerationAdministration } from '#directory-view';
import type { GenerationStatus } from '#projections';
import { DirectoryLoad } from '../support/directory-load.js';
import { createUser } from '../support/directory-requests.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';

let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];
let generations: PostgresGenerationAdministration;

beforeAll(async () => {
  installation = await Installation.start({ projectors: 2 });
  nodes = await installation.clients();
  generations = new PostgresGenerationAdministration({ url: installation.database.url });
});
afterAll(async () => {
  await generations?.close();
  await installation?.stop();
});

async function live(): Promise<GenerationStatus> {
  return (await generations.status()).find(({ state }) => state === 'live') as GenerationStatus;
}

/** Lists users on both nodes again and again until something holds. @returns how often each status was answered. */
async function listUntil(holds: () => Promise<boolean>): Promise<Record<number, number>> {
  const answers: Record<number, number> = {};
  while (!(await holds())) {
    for (const node of nodes) {
      const { status } = await node.get('/Users?count=5');
      answers[status] = (answers[status] ?? 0) + 1;
    }
  }
  return answers;
}

/** Waits until every node answers a list again. */
async function untilListed(): Promise<void> {
  const refused = async () => {
    const replies = await Promise.all(nodes.map((node) => node.get('/Users?count=0')));
    return replies.some(({ status }) => status !== 200);
  };
  while (await refused());
}

describe('a view that an operator wants built again, under load', () => {
  it('is built beside the live one and flipped, while every list is answered and nothing stale is read', async () => {
    for (let user = 0; user < 50; user++) await createUser(nodes[user % 2] as ScimClient);
    const before = await live();
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    expect(await generations.requestRebuild()).toEqual({ outcome: 'asked', number: before.number + 1 });
    const answers = await listUntil(async () => (await live()).number !== before.number);
    // Until every node has gone over, and the one before is not kept up any more.
    await load.acknowledges(200);
    await load.stop();
    expect(Object.keys(answers)).toEqual(['200']);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);

    const { number, checkpoint } = await live();
    expect(number).toBe(before.number + 1);
    expect(checkpoint).toBeGreaterThanOrEqual(before.checkpoint as bigint);
    await expectAllKept(installation, load, nodes);
    expect((await generations.status()).map(({ state }) => state)).toEqual(['retired', 'live']);
    expect(await generations.drop(before.number)).toEqual({ outcome: 'dropped' });
    expect((await generations.status())[0]).toMatchObject({ state: 'dropped', checkpoint: undefined });
    for (const node of nodes) expect((await node.get('/Users?count=5')).status).toBe(200);
  });

  it('is built by the next projector where the one that builds it is killed', async () => {
    const before = await live();
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    const leader = await installation.leader();
    await generations.requestRebuild();
    await leader.kill();
    await listUntil(async () => (await live()).number !== before.number);
    await untilListed();
    await load.acknowledges(50);
    await load.stop();
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });
});
