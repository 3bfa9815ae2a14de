import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  anyKafkaBrokers,
  describeWithKafka,
  expectNothingLost,
  type KafkaBrokers,
  TopicsUnderTest,
} from '#event-relay/testing';
import { SqliteEventStore } from '#event-store-sqlite';
import { createGroup, createUser, type Created } from '../support/directory-requests.js';
import { PublishingServer } from '../support/publishing-server.js';
import { expectNoContent } from '../support/scim-answers.js';

describeWithKafka('a server on embedded engines that has Kafka brokers', () => {
  const server = new PublishingServer();
  let brokers: KafkaBrokers;
  let topics: TopicsUnderTest;

  beforeAll(async () => {
    brokers = await anyKafkaBrokers();
  });
  afterAll(async () => {
    await server.remove();
    await brokers?.stop();
  });
  beforeEach(async () => {
    topics = new TopicsUnderTest(brokers.bootstrap);
    await server.start(topics);
  });
  afterEach(() => server.end());

  /** Waits until consumers have heard of all of these. */
  async function published(resources: readonly Created[]): Promise<void> {
    for (;;) {
      const { accepted } = await topics.events();
      if (resources.every(({ id }) => accepted.has(`default:${id}`))) return;
    }
  }

  it('publishes every fact in order, also those of a process that was killed', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => createUser(server.client)));
    const group = await createGroup(server.client, { members: users.map(({ id }) => ({ value: id })) });
    await server.end('kill');
    await server.start(topics);
    const [leaver] = users as [Created];
    expectNoContent(await server.client.delete(leaver.path));
    const last = await createUser(server.client);
    await published([...users, group, last]);
    await server.end();
    const log = SqliteEventStore.open({ file: join(server.path, 'log.sqlite') });
    try {
      await expectNothingLost(topics, log);
    } finally {
      await log.close();
    }
  });

  it('serves all the same where the brokers are away', async () => {
    await server.end();
    await server.start(topics, '127.0.0.1:1');
    const user = await createUser(server.client);
    expect((await server.client.get(user.path)).status).toBe(200);
    expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200);
  });
});
