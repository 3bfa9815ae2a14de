import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithKafka, FaultyProxy, freePorts, KafkaCluster } from '#event-relay/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import { createUser, uniqueName } from '../support/directory-requests.js';
import { patchOp, type ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';
import { untilPublished } from './until-published.js';

describeWithKafka(
  'consumers of an installation with two projectors',
  () => {
    let cluster: KafkaCluster;
    let proxy: FaultyProxy;
    let installation: Installation;
    let nodes: readonly [ScimClient, ScimClient];

    beforeAll(async () => {
      const [brokerPort, proxyPort] = (await freePorts(2)) as [number, number];
      proxy = await FaultyProxy.start(proxyPort, brokerPort);
      cluster = await KafkaCluster.start({ ports: [brokerPort], advertisedPorts: [proxyPort] });
      installation = await Installation.start({ projectors: 2, kafkaBrokers: cluster.bootstrap });
      nodes = await installation.clients();
    });
    afterAll(async () => {
      await installation?.stop();
      await cluster?.stop();
      await proxy?.stop();
    });

    it('lose nothing when the projector that publishes is killed in the middle of it', async () => {
      const load = await DirectoryLoad.start(nodes);
      await untilPublished(installation, 100);
      await (await installation.leader()).kill();
      await untilPublished(installation, 200);
      await load.stop();
      await expectAllKept(installation, load, nodes);
      await expectAllPublished(installation, cluster.bootstrap);
    });

    it('lose nothing and keep nothing old when it is paused in the middle of it, replaced, and wakes', async () => {
      await installation.restore();
      const load = await DirectoryLoad.start(nodes);
      await untilPublished(installation, 100);
      const old = await installation.leader();
      const userName = uniqueName('late');
      const holding = proxy.hold(userName);
      const user = await createUser(nodes[0], { userName });
      const late = await holding;
      old.signal('SIGSTOP');

      const successor = await installation.leader([old]);
      const checkpoint = async (projection: string) =>
        (await successor.metric(`projection_checkpoint{projection="${projection}"}`, installation.adminToken)) ?? 0;
      expect((await nodes[1].patch(user.path, patchOp({ op: 'Replace', path: 'title', value: 'Lead' }))).status).toBe(
        200,
      );
      await load.acknowledges(100);
      const changed = await checkpoint('directory-view');
      await successor.until(async () => (await checkpoint('relay')) >= changed);
      await late.release();
      old.signal('SIGCONT');
      await old.until(async () => (await old.metric('projector_leading', installation.adminToken)) === 0);
      await load.stop();
      await expectAllKept(installation, load, nodes);
      await expectAllPublished(installation, cluster.bootstrap);
    });
  },
  { ownBrokers: true },
);
