import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWithKafka, expectNothingLost, KafkaCluster, TopicsUnderTest } from '#event-relay/testing';
import { SqliteEventStore } from '#event-store-sqlite';
import { createGroup, createUser, type Created } from '../support/directory-requests.js';
import { expectNoContent } from '../support/scim-answers.js';
import { ScimClient } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';

describeWithKafka(
  'a server on embedded engines that has Kafka brokers',
  () => {
    let cluster: KafkaCluster;
    let topics: TopicsUnderTest;
    let token: string;
    let server: ServerProcess;
    let client: ScimClient;
    const directory = dataDirectory();

    beforeAll(async () => {
      cluster = await KafkaCluster.start();
    });
    afterAll(async () => {
      await cluster?.stop();
      directory.remove();
    });
    beforeEach(async () => {
      topics = new TopicsUnderTest(cluster.bootstrap);
      await start();
    });
    afterEach(() => server.stop());

    async function start(brokers = cluster.bootstrap): Promise<void> {
      const environment = {
        KAFKA_BROKERS: brokers,
        KAFKA_TOPIC_PREFIX: topics.settings.topics.prefix,
        KAFKA_PARTITIONS: '3',
        KAFKA_REPLICATION_FACTOR: '1',
      };
      server = await ServerProcess.start({ directory: directory.path, environment });
      token = server.token || token;
      client = new ScimClient(server.tenantUrl, token);
    }

    async function end(how: 'stop' | 'kill'): Promise<void> {
      await client.close();
      await server[how]();
    }

    /** Waits until consumers have heard of all of these. */
    async function published(resources: readonly Created[]): Promise<void> {
      for (;;) {
        const { accepted } = await topics.events();
        if (resources.every(({ id }) => accepted.has(`default:${id}`))) return;
      }
    }

    it('publishes every fact in order, also those of a process that was killed', async () => {
      const users = await Promise.all(Array.from({ length: 20 }, () => createUser(client)));
      const group = await createGroup(client, { members: users.map(({ id }) => ({ value: id })) });
      await end('kill');
      await start();
      const [leaver] = users as [Created];
      expectNoContent(await client.delete(leaver.path));
      const last = await createUser(client);
      await published([...users, group, last]);
      await end('stop');
      const log = SqliteEventStore.open({ file: join(directory.path, 'log.sqlite') });
      try {
        await expectNothingLost(topics, log);
      } finally {
        await log.close();
      }
    });

    it('serves all the same where the brokers are away', async () => {
      await end('stop');
      await start('127.0.0.1:1');
      const user = await createUser(client);
      expect((await client.get(user.path)).status).toBe(200);
      expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200);
      await client.close();
    });
  },
  { ownBrokers: true },
);
