import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { OwnPostgresServer } from '#projections-postgres/testing';
import { createGroup, createUser } from '../support/directory-requests.js';
import { DirectoryLoad } from '../support/directory-load.js';
import { memberOperations } from '../support/entra-operations.js';
import { patchOp, type ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';

let server: OwnPostgresServer;
let cluster: KafkaCluster | undefined;
let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];

beforeAll(async () => {
  server = await OwnPostgresServer.start();
  cluster = await KafkaCluster.startIfAvailable();
  const kafkaBrokers = cluster?.bootstrap ?? '';
  installation = await Installation.start({ projectors: 2, databaseServer: server.url, kafkaBrokers });
  nodes = await installation.clients();
});
afterAll(async () => {
  await installation?.stop();
  await server?.stop();
  await cluster?.stop();
});

/** The schema of the generation that is live. */
async function liveSchema(): Promise<string> {
  const live = `SELECT 'scim_view_g' || number AS name FROM scim_view.generation WHERE state = 'live'`;
  const [schema] = await installation.database.execute<{ name: string }>(live);
  return schema?.name ?? 'none';
}

/** Until the server does not choose the operator to end a deadlock with the projector. */
async function drop(schema: string): Promise<void> {
  const deadlock = expect.objectContaining({ code: '40P01' });
  for (;;) {
    const failure: unknown = await installation.database.execute(`DROP SCHEMA ${schema} CASCADE`).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return;
    expect(failure).toEqual(deadlock);
  }
}

/** Asks for all users of the node until it answers. @returns the statuses before that. */
async function untilListed(
  node: ScimClient,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<number[]> {
  const refusals: number[] = [];
  for (;;) {
    const { status } = await node.get('/Users?count=0');
    if (status === 200) return refusals;
    refusals.push(status);
    await meanwhile();
  }
}

describe('a PostgreSQL server that is restarted under load', () => {
  it('costs lists, and neither writes nor what was acknowledged', async () => {
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(100);
    await server.restart();
    await load.acknowledges(100);
    for (const node of nodes) await untilListed(node);
    await load.stop();
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });
});

describeWithKafka(
  'consumers of an installation whose PostgreSQL server was restarted',
  () => {
    it('lose nothing, and topics of states end with what is true', async () => {
      await expectAllPublished(installation, cluster?.bootstrap as string);
    });
  },
  { ownBrokers: true },
);

describe('a view whose tables an operator drops', () => {
  it('is built again under load', async () => {
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    const dropped = await liveSchema();
    await drop(dropped);
    await load.acknowledges(50);
    for (const node of nodes) await untilListed(node);
    expect(await liveSchema()).not.toBe(dropped);
    await load.stop();
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });

  it('is built again where nobody writes, while resources are read from the log and lists say that it is late', async () => {
    const user = await createUser(nodes[0]);
    const group = await createGroup(nodes[1], { members: [{ value: user.id }] });
    await drop(await liveSchema());
    const statuses = new Set<number>();
    for (const [index, node] of nodes.entries()) {
      const other = nodes[1 - index] as ScimClient;
      const refusals = await untilListed(node, async () => {
        for (const path of [user.path, group.path]) statuses.add((await other.get(path)).status);
      });
      for (const status of refusals) expect(status).toBe(503);
    }
    expect(statuses).toEqual(new Set([200]));
    const { status } = await nodes[0].patch(group.path, patchOp(memberOperations.default.remove(user.id)));
    expect(status).toBe(204);
    expect((await nodes[1].get(group.path)).body['members']).toBeUndefined();
  });
});
