import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import { NameContention } from '../support/name-contention.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';

let cluster: KafkaCluster | undefined;
let installation: Installation;

beforeAll(async () => {
  cluster = await KafkaCluster.startIfAvailable();
  installation = await Installation.start({ kafkaBrokers: cluster?.bootstrap ?? '' });
});
afterAll(async () => {
  await installation?.stop();
  await cluster?.stop();
});

describe('an ingress node that is killed under load', () => {
  it('loses nothing that it acknowledged, leaves nothing half-made, and the other node goes on meanwhile', async () => {
    const nodes = await installation.clients();
    const over = new AbortController();
    // Each for itself, about the same names: what one node leaves in doubt the other may take up.
    const contentions = nodes.map((_, index) => new NameContention(`killed ingress ${index}`));
    const contending = contentions.map((contention, index) =>
      contention.contend(nodes[index] as ScimClient, () => undefined, over.signal),
    );
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(150);
    await installation.process('scim-ingress-1').kill();
    await load.acknowledges(150);
    await installation.launch('scim-ingress-1').healthy();
    await load.acknowledges(20);
    over.abort();
    await Promise.all([...contending, load.stop()]);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204', 'none']);

    const restarted = await installation.clients();
    for (const contention of contentions) expect(await contention.settle(restarted[0])).toEqual([]);
    await expectAllKept(installation, load, restarted);
  });
});

describeWithKafka(
  'consumers of an installation of which an ingress node was killed',
  () => {
    it('lose nothing, and topics of states end with what is true', async () => {
      await expectAllPublished(installation, cluster?.bootstrap as string);
    });
  },
  { ownBrokers: true },
);
