import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anyKafkaBrokers, describeWithKafka, type KafkaBrokers, TopicsUnderTest } from '#event-relay/testing';
import { createUser, type Created } from '../support/directory-requests.js';
import { operate } from '../support/operator-process.js';
import { PublishingServer } from '../support/publishing-server.js';
import { expectBody } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';

interface ListedKey {
  readonly key: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly revision: number;
  readonly reason: string;
  readonly request: string | null;
}

describeWithKafka('an operator whose topics take no large messages', () => {
  const server = new PublishingServer();
  const environment = { DATA_DIR: server.path };
  let brokers: KafkaBrokers;
  let topics: TopicsUnderTest;

  beforeAll(async () => {
    brokers = await anyKafkaBrokers();
    topics = new TopicsUnderTest(brokers.bootstrap);
    await topics.make();
    await topics.take(5_000);
    await server.start(topics);
  });
  afterAll(async () => {
    await server.remove();
    await brokers?.stop();
  });

  const keyOf = ({ id }: Created) => `default:${id}`;
  const titled = (length: number) => ({ op: 'replace', path: 'title', value: 'x'.repeat(length) });

  async function listed(): Promise<readonly ListedKey[]> {
    const { code, stdout } = await operate(environment, 'parked', 'list', '--json');
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { parked: readonly ListedKey[] }).parked;
  }

  /** Waits until so many keys are parked. */
  async function parked(count: number): Promise<readonly ListedKey[]> {
    for (;;) {
      const keys = await listed();
      if (keys.length === count) return keys;
    }
  }

  /** A user whose second event is too large and whose third is not. */
  async function tooLargeInBetween(): Promise<Created> {
    const user = await createUser(server.client);
    expectBody(await server.client.patch(user.path, patchOp(titled(9_000))), 200);
    expectBody(await server.client.patch(user.path, patchOp(titled(9))), 200);
    return user;
  }

  const revisionsOf = async (user: Created) => (await topics.events()).accepted.get(keyOf(user))?.length ?? 0;

  it('sees the key that is parked, has it tried in vain, raises the limit, and has it published', async () => {
    const user = await tooLargeInBetween();
    const [seen] = await parked(1);
    expect(seen).toMatchObject({ key: keyOf(user), revision: 1, eventType: 'UserProfileChanged', request: null });
    const text = await operate(environment, 'parked', 'list');
    expect(text).toMatchObject({ code: 0, stderr: '' });
    for (const part of [keyOf(user), seen?.eventId, 'at most 5000']) expect(text.stdout).toContain(part);

    const vain = await operate(environment, 'parked', 'retry', keyOf(user), '--wait');
    expect(vain).toMatchObject({ code: 1, stdout: expect.stringMatching(/parked again at event .*at most 5000/) });
    await topics.take(1_000_000);
    const done = await operate(environment, 'parked', 'retry', '--wait', keyOf(user));
    expect(done).toMatchObject({ code: 0, stdout: `${keyOf(user)} is published.\n` });
    expect(await listed()).toEqual([]);
    expect(await revisionsOf(user)).toBe(3);
  });

  it('gives one event up, which he has to name, and the later ones are published', async () => {
    await topics.take(5_000);
    // The relay learns anew what the topics take.
    await server.end();
    await server.start(topics);
    const user = await tooLargeInBetween();
    const [seen] = (await parked(1)) as [ListedKey];
    const unnamed = await operate(environment, 'parked', 'drop', keyOf(user));
    expect(unnamed).toMatchObject({ code: 64, stderr: expect.stringContaining('--event') });
    const other = await operate(environment, 'parked', 'drop', keyOf(user), '--event', 'another');
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining(`is parked at event ${seen.eventId}`) });
    expect(await listed()).toEqual([seen]);

    const dropped = await operate(environment, 'parked', 'drop', keyOf(user), '--event', seen.eventId, '--wait');
    expect(dropped).toMatchObject({ code: 0, stdout: expect.stringContaining(`of event ${seen.eventId}`) });
    expect(await listed()).toEqual([]);
    expect((await topics.events()).gaps).toEqual([{ key: keyOf(user), after: 0, next: 2 }]);
    const again = await operate(environment, 'parked', 'drop', keyOf(user), '--event', seen.eventId);
    expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining('is not parked') });
  });

  it('writes his wish down where no relay runs, and it is done once one runs', async () => {
    const user = await tooLargeInBetween();
    await parked(1);
    await server.end();
    const written = await operate(environment, 'parked', 'retry', keyOf(user));
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('No relay runs now') });
    const late = await operate(environment, 'parked', 'retry', keyOf(user), '--wait', '--timeout', '1');
    expect(late).toMatchObject({ code: 1, stdout: expect.stringContaining('stays written down') });
    expect(await listed()).toMatchObject([{ request: 'retry' }]);
    await topics.take(1_000_000);
    await server.start(topics);
    await parked(0);
    expect(await revisionsOf(user)).toBe(3);
  });
});
