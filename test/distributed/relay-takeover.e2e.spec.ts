import { afterAll, beforeAll, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';

describeWithKafka(
  'consumers of an installation with two projectors',
  () => {
    let cluster: KafkaCluster;
    let installation: Installation;
    let nodes: readonly ScimClient[];

    beforeAll(async () => {
      cluster = await KafkaCluster.start();
      installation = await Installation.start({ projectors: 2, kafkaBrokers: cluster.bootstrap });
      nodes = await installation.clients();
    });
    afterAll(async () => {
      await installation?.stop();
      await cluster?.stop();
    });

    /** Until the leader has published so many messages more. */
    async function published(messages: number): Promise<void> {
      const leader = await installation.leader();
      const count = async () => (await leader.metric('relay_messages_total', installation.adminToken)) ?? 0;
      const goal = (await count()) + messages;
      await leader.until(async () => (await count()) >= goal);
    }

    it('lose nothing when the projector that publishes is killed in the middle of it', async () => {
      const load = await DirectoryLoad.start(nodes);
      await published(100);
      await (await installation.leader()).kill();
      await published(200);
      await load.stop();
      await expectAllKept(installation, load, nodes);
      await expectAllPublished(installation, cluster.bootstrap);
    });

    it('lose nothing and keep nothing old when it is paused in the middle of it, replaced, and wakes', async () => {
      await installation.restore();
      const load = await DirectoryLoad.start(nodes);
      await published(100);
      const old = await installation.leader();
      old.signal('SIGSTOP');
      await installation.leader([old]);
      await load.acknowledges(100);
      old.signal('SIGCONT');
      await old.until(async () => (await old.metric('projector_leading', installation.adminToken)) === 0);
      await load.stop();
      await expectAllKept(installation, load, nodes);
      await expectAllPublished(installation, cluster.bootstrap);
    });
  },
  { ownBrokers: true },
);
