import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anyKafkaBrokers, describeWithKafka, type KafkaBrokers, TopicsUnderTest } from '#event-relay/testing';
import { createUser, type Created } from '../support/directory-requests.js';
import { operate, type OperatorAnswer } from '../support/operator-process.js';
import { PublishingServer } from '../support/publishing-server.js';

describeWithKafka('an operator whose topics are gone', () => {
  const server = new PublishingServer();
  let brokers: KafkaBrokers;
  let topics: TopicsUnderTest;

  beforeAll(async () => {
    brokers = await anyKafkaBrokers();
    topics = new TopicsUnderTest(brokers.bootstrap);
    await server.start(topics);
  });
  afterAll(async () => {
    await server.remove();
    await brokers?.stop();
  });

  const ask = (...args: readonly string[]) => operate({ DATA_DIR: server.path }, ...args);

  async function published(user: Created): Promise<void> {
    // Partitions that were just made are served a little later.
    const isThere = () => topics.events().then(({ accepted }) => accepted.has(`default:${user.id}`));
    while (!(await isThere().catch(() => false)));
  }

  async function untilStatusSays(what: RegExp): Promise<OperatorAnswer> {
    for (;;) {
      const answer = await ask('status');
      if (what.test(answer.stdout)) return answer;
    }
  }

  it('is told what to do, hears what it means, and has all published once more', async () => {
    const user = await createUser(server.client);
    await published(user);
    await server.end();
    // As on another cluster: none of these is there.
    topics = new TopicsUnderTest(brokers.bootstrap);
    await server.start(topics);
    const status = await untilStatusSays(/events were published before/);
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining('"relay start-over"') });

    const early = await ask('relay', 'start-over', '--yes');
    expect(early).toMatchObject({ code: 1, stdout: expect.stringContaining('to be stopped first') });
    await server.end();
    const meaning = await ask('relay', 'start-over');
    expect(meaning).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^1 event of users.*it is done with --yes/s),
    });
    const done = await ask('relay', 'start-over', '--yes');
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('it begins once a relay runs'),
      stderr: '',
    });

    await server.start(topics);
    const later = await createUser(server.client);
    await published(later);
    const { accepted, gaps } = await topics.events();
    expect([...accepted.keys()].sort()).toEqual([user, later].map(({ id }) => `default:${id}`).sort());
    expect(gaps).toEqual([]);
    expect((await ask('status')).stdout).not.toMatch(/events were published before/);
  });
});
