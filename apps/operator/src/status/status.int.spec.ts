import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assign, command, directoryOn, idOf } from '#command-handling/testing';
import { eventCodec } from '#event-catalog';
import { InMemoryPublisher, RelayProcess } from '#event-relay/testing';
import { beforeFirstPosition } from '#event-store';
import { LoopbackServer } from '#event-store-kurrent/testing';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { DistributedInstallation } from '../installation/distributed-installation.js';
import { describeInstallations } from '../testing/describe-installations.js';
import type { InstallationUnderTest } from '../testing/installation-under-test.js';
import { tellStatus } from './status-command.js';

const mia = idOf('mia');

/** The little of the JSON that is looked at. */
interface Told {
  readonly healthy: boolean;
  readonly problems: readonly string[];
  readonly log: { readonly head: string };
  readonly leader: { readonly isRunning: boolean };
  readonly generations: readonly { readonly state: string; readonly lag: { readonly events: number } | null }[];
  readonly relay: { readonly checkpoint: string | null; readonly parkedKeys: number };
}

describeInstallations('the status of an installation', (make) => {
  let subject: InstallationUnderTest;
  beforeEach(async () => {
    subject = await make();
    await directoryOn(subject.store).provisionUser(command(), mia, { userName: 'mia' });
  });
  afterEach(() => subject.remove());

  /** @param laterMs how much later than now it is asked. */
  async function ask(laterMs = 0): Promise<{ readonly told: Told; readonly exitCode: number; readonly text: string }> {
    const options = { now: () => Date.now() + laterMs, watchMs: 1 };
    await using installation = subject.open();
    const { text: json } = await tellStatus(installation, { ...options, json: true });
    const { text, exitCode } = await tellStatus(installation, { ...options, json: false });
    return { told: JSON.parse(json) as Told, exitCode, text };
  }

  async function catchUp(): Promise<void> {
    const target = await (await subject.view()).liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    const recorded = await subject.store.readAll(from, 1_000);
    const to = recorded.at(-1)?.position ?? from;
    const events = recorded.map((event) => eventCodec.decode(event));
    await target.apply(events, { epoch, from, to });
  }

  it('is well where somebody leads and the view has come to the end of the log', async () => {
    await catchUp();
    const { told, exitCode, text } = await ask();
    const head = String(await subject.store.head());
    expect(exitCode).toBe(0);
    expect(told).toMatchObject({
      healthy: true,
      problems: [],
      log: { head },
      leader: { isRunning: true },
      generations: [
        {
          number: 1,
          state: 'live',
          isKeptUp: true,
          checkpoint: head,
          lag: { events: 0, isMore: false, since: null },
        },
      ],
      relay: { checkpoint: null },
    });
    expect(text).toMatch(/^All is well\.\n.*generation 1 \(live\).*up to date\nrelay +has never run\n$/s);
  });

  it('tells of generations beside the live one, and how far each is behind', async () => {
    await catchUp();
    await using installation = subject.open();
    await installation.administration().requestRebuild();
    await (await subject.view()).catalogue.target(2);
    const { told, exitCode } = await ask();
    expect(exitCode).toBe(0);
    expect(told.generations.map(({ state, lag }) => [state, lag?.events])).toEqual([
      ['live', 0],
      ['building', (await subject.store.readAll(beforeFirstPosition, 10)).length],
    ]);
  });

  it('wants an operator where nobody leads', async () => {
    await catchUp();
    await subject.stopLeading();
    const { told, exitCode } = await ask();
    expect(exitCode).toBe(1);
    expect(told.problems).toEqual([expect.stringMatching(/^No (server runs|projector leads)/)]);
    expect(told.generations).toMatchObject([{ state: 'live', isKeptUp: false }]);
  });

  it('wants an operator where a key is parked', async () => {
    await catchUp();
    const publisher = new InMemoryPublisher();
    publisher.tooLarge = () => true;
    const relay = new RelayProcess({ log: subject.store, ledger: subject.ledger(), publisher });
    await relay.published(await subject.store.head());
    const { told, exitCode, text } = await ask();
    await relay.stop();
    expect(exitCode).toBe(1);
    expect(told.problems).toEqual(['1 key is parked: "parked list" says why.']);
    expect(told.relay).toMatchObject({ checkpoint: told.log.head, parkedKeys: 1, lag: { events: 0 } });
    expect(text).toMatch(/^Somebody has to act:\n {2}- 1 key is parked/);
  });

  it('wants an operator where the view has stopped at an event, until it has passed that', async () => {
    await subject.view();
    const [first] = await subject.store.readAll(beforeFirstPosition, 1);
    const event = { id: 'an-event', type: 'user.abducted', position: first?.position ?? beforeFirstPosition };
    const reason = 'the type is not known';
    await subject.halts().note({ projection: 'directory-view', kind: 'unreadable', event, reason, since: 0 });
    const { told, exitCode } = await ask(60_000);
    expect(exitCode).toBe(1);
    const where = `at event an-event (user.abducted, position ${event.position})`;
    expect(told.problems).toEqual([
      `directory-view has stopped ${where}, since 1970-01-01T00:00:00.000Z, unreadable: the type is not known`,
    ]);
    await catchUp();
    expect(await ask(60_000)).toMatchObject({ exitCode: 0, told: { problems: [] } });
  });

  it('wants an operator where events have waited for long and nobody takes them', async () => {
    await subject.view();
    expect(await ask()).toMatchObject({ exitCode: 0 });
    const { told, exitCode } = await ask(60_000);
    expect(exitCode).toBe(1);
    expect(told.problems).toEqual([
      expect.stringMatching(/^Generation 1 of the view stands still, \d events? behind, the/),
    ]);
  });

  it('wants an operator where no view was ever made', async () => {
    expect(await ask()).toMatchObject({ exitCode: 1, told: { problems: ['No generation of the view is live.'] } });
  });

  it('is not disturbed by what happens while it is asked', async () => {
    await catchUp();
    const directory = directoryOn(subject.store);
    const asked = Array.from({ length: 5 }, () => ask());
    for (let time = 0; time < 20; time++) {
      await directory.changeUser(command(), { id: mia }, assign({ title: `Engineer ${time}` }));
      await catchUp();
    }
    for (const { exitCode } of await Promise.all(asked)) expect(exitCode).toBe(0);
  });
});

describe('the status of an installation some of whose engines are away', () => {
  const nowhere = 'postgres://scim:the-database-secret@127.0.0.1:1/scim';

  async function ask(connectionString: string, database: string) {
    await using installation = new DistributedInstallation({ eventStore: { connectionString }, database });
    return await tellStatus(installation, { json: false, now: Date.now });
  }

  it('tells of the log where the database is away, and of no secret', async () => {
    const server = await LoopbackServer.start();
    const { text, exitCode } = await ask(server.connectionString(), nowhere);
    await server.stop();
    expect(exitCode).toBe(2);
    expect(text).toMatch(/^Nobody can tell:\n {2}- The leader could not be asked: .*ECONNREFUSED/);
    expect(text).toMatch(/^log +ends at position 0$/m);
    expect(text).not.toContain('the-database-secret');
  });

  it('tells of the database where the log is away, and of no secret', async () => {
    const database = await TemporaryDatabase.create();
    const log = 'esdb://admin:the-log-secret@127.0.0.1:1?tls=false&maxDiscoverAttempts=1';
    const { text, exitCode } = await ask(log, database.url);
    await database.drop();
    // Nobody has ever led, which is known and bad enough.
    expect(exitCode).toBe(1);
    expect(text).toMatch(/No projector leads.*The log could not be asked: .*UNAVAILABLE/s);
    expect(text).not.toContain('the-log-secret');
  });
});
