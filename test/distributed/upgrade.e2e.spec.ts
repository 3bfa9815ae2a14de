import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresGenerationAdministration } from '#directory-view';
import { readJsonFile } from '#platform';
import { readSchemaRegistry, type SchemaRegistry } from '#scim-protocol';
import { DirectoryLoad } from '../support/directory-load.js';
import { createUser } from '../support/directory-requests.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';

/** What makes it a release that shapes the view otherwise: schemas of its own. */
const schemas = fileURLToPath(new URL('next-schemas.json', import.meta.url));
const next = { SCIM_SCHEMAS: schemas };

let installation: Installation;
let generations: PostgresGenerationAdministration;

beforeAll(async () => {
  installation = await Installation.start();
  generations = new PostgresGenerationAdministration({ url: installation.database.url });
});
afterAll(async () => {
  await generations?.close();
  await installation?.stop();
});

function nextRegistry(): SchemaRegistry {
  const registry = readSchemaRegistry(next, readJsonFile);
  if (!registry.ok) throw new Error(registry.error.join());
  return registry.value;
}

const states = async () => (await generations.status()).map(({ state }) => state);

/** Lists users on all nodes while something is done. @returns how often each status was answered. */
async function listing(nodes: readonly ScimClient[], work: Promise<unknown>): Promise<Record<number, number>> {
  const answers: Record<number, number> = {};
  let isDone = false;
  const ending = work.finally(() => (isDone = true));
  while (!isDone) {
    for (const node of nodes) {
      const { status } = await node.get('/Users?count=5');
      answers[status] = (answers[status] ?? 0) + 1;
    }
  }
  await ending;
  return answers;
}

async function untilFlipped(): Promise<void> {
  while ((await states()).join() !== 'live,live');
}

describe('an upgrade to a release that shapes the view otherwise, under load', () => {
  it('refuses no list and shows nothing stale where it is done in order', async () => {
    const oldNodes = await installation.clients();
    for (let user = 0; user < 50; user++) await createUser(oldNodes[user % 2] as ScimClient);
    const oldLoad = await DirectoryLoad.start(oldNodes);
    await oldLoad.acknowledges(50);

    const projector = installation.launch('projector-standby', next);
    expect(Object.keys(await listing(oldNodes, untilFlipped()))).toEqual(['200']);
    await projector.healthy();
    // Starting processes takes the machine's time from the view, which is late then, and lists are refused.
    await oldLoad.stop();

    const oldProcesses = ['scim-ingress-1', 'scim-ingress-2', 'projector'].map((name) => installation.process(name));
    const launched = ['scim-ingress-1', 'scim-ingress-2'].map((name) => installation.launch(name, next).healthy());
    expect(Object.keys(await listing(oldNodes, Promise.all(launched)))).toEqual(['200']);
    const nodes = await installation.clients();
    const [first, second] = [...oldNodes];
    const mixed = await DirectoryLoad.start([first, nodes[0], second, nodes[1]]);
    const work = mixed.acknowledges(300);
    expect(Object.keys(await listing([...oldNodes, ...nodes], work))).toEqual(['200']);
    await mixed.stop();
    for (const load of [oldLoad, mixed]) {
      expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
      expect({ stale: load.stale.length, first: load.stale.slice(0, 5) }).toEqual({ stale: 0, first: [] });
    }

    const [ingress1, ingress2, oldProjector] = oldProcesses;
    await Promise.all([ingress1?.stop(), ingress2?.stop()]);
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    const stopping = async () => {
      await oldProjector?.stop();
      await load.acknowledges(100);
    };
    expect(Object.keys(await listing(nodes, stopping()))).toEqual(['200']);
    expect(await installation.leader()).toBe(projector);
    expect(await generations.drop(1)).toEqual({ outcome: 'dropped' });
    expect(Object.keys(await listing(nodes, load.acknowledges(50)))).toEqual(['200']);
    await load.stop();
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    expect(await states()).toEqual(['dropped', 'live']);
    await expectAllKept(installation, load, nodes, nextRegistry());
  }, 180_000);
});
