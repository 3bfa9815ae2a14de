import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { ComposeProcess } from '../support/compose-process.js';
import { createGroup, createUser, type Created } from '../support/directory-requests.js';
import { expectNoContent } from '../support/scim-answers.js';
import { patchOp, type ScimClient } from '../support/scim-client.js';
import { Installation } from './installation.js';

describeWithKafka(
  'the consumer of docker-compose.yml',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
    let cluster: KafkaCluster;
    let consumer: ComposeProcess;
    let installation: Installation;
    let node: ScimClient;

    beforeAll(async () => {
      cluster = await KafkaCluster.start();
      consumer = ComposeProcess.launch({
        service: 'consumer',
        variables: {},
        addresses: { KAFKA_BROKERS: cluster.bootstrap, HEALTH_FILE: join(folder, 'healthy') },
      });
    });
    afterAll(async () => {
      await consumer?.stop();
      await installation?.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true });
    });

    const says = (text: string) => consumer.until(() => consumer.output.includes(text));

    const changeMembers = async (op: 'add' | 'remove', { path }: Created, { id }: Created) =>
      expect((await node.patch(path, patchOp({ op, path: 'members', value: [{ value: id }] }))).status).toBeLessThan(
        300,
      );

    it('waits, not healthy yet, while no projector has made the topics', async () => {
      await says('waiting: the topics are not made yet\n');
      expect(await consumer.passesHealthCheck()).toBe(false);
    });

    it('is ready and healthy once one has', async () => {
      installation = await Installation.start({ kafkaBrokers: cluster.bootstrap });
      [node] = await installation.clients();
      await says('ready: 0 accesses are known, watching for changes\n');
      await consumer.until(() => consumer.passesHealthCheck());
    });

    it('prints who gains access, and who loses it', async () => {
      const [user, group] = [await createUser(node), await createGroup(node)];
      await changeMembers('add', group, user);
      await says(`gained: ${user.name} to ${group.name} (default, by credential:default)\n`);
      await changeMembers('remove', group, user);
      await says(`lost: ${user.name} from ${group.name} (default, by credential:default)\n`);
    });

    it('prints what a user loses who is deleted', async () => {
      const [user, group] = [await createUser(node), await createGroup(node)];
      await changeMembers('add', group, user);
      await says(`gained: ${user.name} to ${group.name} (default, by credential:default)\n`);
      expectNoContent(await node.delete(user.path));
      // By whom is not certain: the user's end and what follows from it in the group may come in either order.
      await says(`lost: ${user.name} from ${group.name} (default, by `);
      expect(await consumer.passesHealthCheck()).toBe(true);
    });
  },
  { ownBrokers: true },
);
