import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { userStream } from '#event-catalog';
import { assign, command, directoryOn, idOf, tenantId } from '#command-handling/testing';
import { InMemoryPublisher, RelayProcess } from '#event-relay/testing';
import { beforeFirstPosition, type Position, type Revision } from '#event-store';
import { type EventPlace, TargetUnavailableError } from '#projections';
import type { Installation } from '../installation/installation.js';
import type { Outcome } from '../outcome.js';
import { describeInstallations } from '../testing/describe-installations.js';
import type { InstallationUnderTest } from '../testing/installation-under-test.js';
import { startOver } from './start-over.js';

const mia = idOf('mia');
const place = { stream: userStream(tenantId, mia), revision: 1 as Revision };

describeInstallations('an operator who has the relay start over', (make) => {
  let subject: InstallationUnderTest;
  beforeEach(async () => {
    subject = await make();
  });
  afterEach(() => subject.remove());

  /** A user with two events, of which the second is parked. @returns up to where that is published. */
  async function publish(): Promise<Position> {
    const publisher = new InMemoryPublisher();
    publisher.tooLarge = ({ value }) => value?.includes('too long a title') === true;
    const directory = directoryOn(subject.store);
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.changeUser(command(), { id: mia }, assign({ title: 'too long a title' }));
    const head = await subject.store.head();
    const relay = new RelayProcess({ log: subject.store, ledger: subject.ledger(), publisher });
    await relay.published(head);
    await relay.stop();
    return head;
  }

  async function ask(isConfirmed: boolean): Promise<Outcome> {
    await using installation = subject.open();
    return await startOver(installation, { isConfirmed });
  }

  async function remembered(): Promise<{ readonly checkpoint: Position | undefined; readonly parkedKeys: number }> {
    await using installation = subject.open();
    const memory = await installation.relay('read');
    const [published, parked] = [await memory?.published(), await memory?.parked.list()];
    return { checkpoint: published?.checkpoint, parkedKeys: parked?.length ?? 0 };
  }

  it('hears what it means, and changes nothing unless he says so', async () => {
    const checkpoint = await publish();
    await subject.stopLeading();
    const { text, exitCode } = await ask(false);
    expect(exitCode).toBe(1);
    expect(text).toContain(`2 events of users and groups, up to position ${checkpoint}, will be published once more`);
    expect(text).toContain('Consumers that keep to the contract drop those they have seen');
    expect(text).toContain('The key that is parked will be forgotten');
    expect(text).toMatch(/\nNothing was changed: it is done with --yes\.\n$/);
    expect(await remembered()).toEqual({ checkpoint, parkedKeys: 1 });
  });

  it('is refused while a relay may run, which would not begin again by itself', async () => {
    const checkpoint = await publish();
    const { text, exitCode } = await ask(true);
    expect(exitCode).toBe(1);
    expect(text).toMatch(
      /\nNothing was changed: (a server runs on the data folder|projectors run), to be stopped first\.\n$/,
    );
    expect(await remembered()).toEqual({ checkpoint, parkedKeys: 1 });
  });

  it('has the one that runs next begin before the first event, with nothing parked', async () => {
    await publish();
    await subject.stopLeading();
    const { text, exitCode } = await ask(true);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^2 events .*\nWritten down: it begins once a relay runs\.\n$/s);
    expect(await remembered()).toEqual({ checkpoint: beforeFirstPosition, parkedKeys: 0 });
    expect((await subject.ledger().acquire()).checkpoint).toBe(beforeFirstPosition);
  });

  it.each<[string, Position | undefined, EventPlace | undefined, RegExp]>([
    ['ends before them', 999_999_999n as Position, undefined, /beyond the end of the log/],
    [
      'has gone on in another way',
      undefined,
      { ...place, id: 'lost' },
      /event lost of .*, which the log does not have/,
    ],
  ])('is told where consumers know facts that the log does not have: it %s', async (_, to, last, reason) => {
    const from = await publish();
    const ledger = subject.ledger();
    const { epoch } = await ledger.acquire();
    await ledger.move({ epoch, from, to: to ?? from, last }, []);
    await subject.stopLeading();
    const { text, exitCode } = await ask(true);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^The log is not the one that was published: /);
    expect(text).toMatch(reason);
    expect(text).toContain('2 events of users and groups, all that it holds, will be published');
    expect(text).toContain('publish to topics of another prefix, and have them begin anew there');
    expect(await remembered()).toEqual({ checkpoint: beforeFirstPosition, parkedKeys: 0 });
  });

  it('has nothing to do where nothing was published, however often he asks', async () => {
    expect(await ask(true)).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^No relay has ever run/) });
    await publish();
    await subject.stopLeading();
    await ask(true);
    expect(await ask(true)).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/^The relay has published nothing/),
    });
  });
});

describe('an operator who has the relay start over at a bad moment', () => {
  function installation(running: boolean[], answer: () => Promise<void>): Installation {
    const published = async () => ({ identity: 'a', checkpoint: 0n });
    return {
      composition: 'embedded',
      log: async () => ({ identity: 'a', head: async () => 0n, readAll: async () => [] }),
      leader: async () => ({ isRunning: running.shift() }),
      relay: async () => ({ published, parked: { list: async () => [{}] }, startOver: answer }),
    } as unknown as Installation;
  }

  it('hears that nobody knows whether it was written down, and that he may ask again', async () => {
    const away = () => Promise.reject(new TargetUnavailableError('The ledger cannot be used now'));
    const { text, exitCode } = await startOver(installation([false], away), { isConfirmed: true });
    expect([exitCode, text]).toEqual([2, expect.stringContaining('it can be repeated')]);
  });

  it('hears of a server that was started meanwhile, and has to be started anew', async () => {
    const written = () => Promise.resolve();
    const { text, exitCode } = await startOver(installation([false, true], written), { isConfirmed: true });
    expect([exitCode, text]).toEqual([1, expect.stringContaining('a server runs on the data folder by now')]);
  });
});
