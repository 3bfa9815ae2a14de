import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { type Created, createUser } from '../support/directory-requests.js';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';
import { untilListed } from './until-listed.js';
import { untilPublished } from './until-published.js';

let cluster: KafkaCluster | undefined;
let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];

beforeAll(async () => {
  cluster = await KafkaCluster.startIfAvailable();
  installation = await Installation.start({ projectors: 2, kafkaBrokers: cluster?.bootstrap ?? '' });
  nodes = await installation.clients();
});
afterAll(async () => {
  await installation?.stop();
  await cluster?.stop();
});

/** Asks for a user by its id and in a list. @returns what was answered, shortly. */
async function asked(node: ScimClient, { path, name }: Created): Promise<readonly string[]> {
  const [byId, list] = await Promise.all([node.get(path), node.find('/Users', `userName eq "${name}"`)]);
  const total = list.body['totalResults'] as number;
  return [`by id ${byId.status}`, list.status === 200 ? `listed ${total}` : `list ${list.status}`];
}

describe('a database that comes back without its last commits, as a replica may that takes over', () => {
  it('costs lists until the view has come to where it was, and neither writes nor what was acknowledged', async () => {
    const { database } = installation;
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(50);
    await database.save();
    await load.acknowledges(100);
    if (cluster) await untilPublished(installation, 100);
    await database.goBack();
    await load.acknowledges(50);
    await load.stop();
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });

  it('is not read while nobody brings it to where it was', async () => {
    const { database } = installation;
    const projectors = ['projector', 'projector-standby'].map((name) => installation.process(name));
    await database.save();
    const user = await createUser(nodes[0]);
    for (const node of nodes) await untilListed(node, user.name);
    for (const projector of projectors) projector.signal('SIGSTOP');
    await database.goBack();
    const answers = new Set<string>();
    for (let time = 0; time < 50; time++) {
      for (const node of nodes) for (const answer of await asked(node, user)) answers.add(answer);
    }
    for (const projector of projectors) projector.signal('SIGCONT');
    expect(answers).toEqual(new Set(['by id 200', 'list 503']));
    for (const node of nodes) await untilListed(node, user.name);
  });
});

describeWithKafka(
  'consumers of an installation whose database came back without its last commits',
  () => {
    it('lose nothing, are told again what the relay does not remember, and topics of states end with what is true', async () => {
      expect(await expectAllPublished(installation, cluster?.bootstrap as string)).toBeGreaterThan(0);
    });
  },
  { ownBrokers: true },
);
