import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assign, command, directoryOn, idOf, tenantId } from '#command-handling/testing';
import { InMemoryPublisher, RelayProcess } from '#event-relay/testing';
import { TargetUnavailableError } from '#projections';
import type { Installation } from '../installation/installation.js';
import type { Outcome } from '../outcome.js';
import { describeInstallations } from '../testing/describe-installations.js';
import type { InstallationUnderTest } from '../testing/installation-under-test.js';
import { listParked } from './list-parked.js';
import { requestParkedKey } from './request-parked-key.js';
import type { Wish } from './wish.js';

const mia = idOf('mia');
const key = `${tenantId}:mia`;
/** Milliseconds. */
const longEnough = 30_000;

describeInstallations('an operator of parked keys', (make) => {
  let subject: InstallationUnderTest;
  let publisher: InMemoryPublisher;
  let relay: RelayProcess | undefined;

  beforeEach(async () => {
    subject = await make();
    publisher = new InMemoryPublisher();
    relay = undefined;
  });
  afterEach(async () => {
    await relay?.stop();
    await subject.remove();
  });

  function startRelay(): RelayProcess {
    relay = new RelayProcess({ log: subject.store, ledger: subject.ledger(), publisher });
    return relay;
  }

  /** A user whose second event is too large. @returns the id of that event. */
  async function parkOne(): Promise<string> {
    publisher.tooLarge = ({ value }) => value?.includes('too long a title') === true;
    const directory = directoryOn(subject.store);
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.changeUser(command(), { id: mia }, assign({ title: 'too long a title' }));
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    await startRelay().published(await subject.store.head());
    const { parked } = JSON.parse((await list({ json: true })).text) as { parked: { eventId: string }[] };
    return parked[0]?.eventId ?? 'none';
  }

  async function list(format = { json: false }): Promise<Outcome> {
    await using installation = subject.open();
    return await listParked(installation, format);
  }

  async function request(wish: Wish, waitMs?: number): Promise<Outcome> {
    await using installation = subject.open();
    return await requestParkedKey(installation, wish, { waitMs, waiting: () => undefined });
  }

  it('finds nothing where no relay has ever run, and makes nothing', async () => {
    expect(await list()).toEqual({ text: 'No key is parked.\n', exitCode: 0 });
    expect(await request({ verb: 'retry', key })).toMatchObject({
      exitCode: 1,
      text: expect.stringMatching(/No user or group/),
    });
    await using installation = subject.open();
    expect(await installation.relay('read')).toBeUndefined();
  });

  it('sees what is parked, and why', async () => {
    const eventId = await parkOne();
    expect((await list()).text).toMatch(new RegExp(`^1 key is parked.*${key}.*${eventId}.*too large`, 's'));
    expect(JSON.parse((await list({ json: true })).text)).toMatchObject({
      parked: [{ key, eventId, eventType: 'UserProfileChanged', revision: 1, reason: 'too large', request: null }],
    });
  });

  it('has it published once it can be, and hears of it', async () => {
    await parkOne();
    publisher.tooLarge = () => false;
    expect(await request({ verb: 'retry', key }, longEnough)).toEqual({ text: `${key} is published.\n`, exitCode: 0 });
    expect(await list()).toMatchObject({ text: 'No key is parked.\n' });
    expect(publisher.published.filter(({ topic }) => topic === 'events')).toHaveLength(3);
  });

  it('hears that it is parked again, at which event and why', async () => {
    const eventId = await parkOne();
    const { text, exitCode } = await request({ verb: 'retry', key }, longEnough);
    expect(exitCode).toBe(1);
    expect(text).toBe(`${key} is parked again at event ${eventId} (UserProfileChanged, revision 1): too large\n`);
  });

  it('gives up the event he has seen, and no other', async () => {
    const eventId = await parkOne();
    const other = await request({ verb: 'drop', key, eventId: 'another' }, longEnough);
    expect(other).toMatchObject({ exitCode: 1, text: expect.stringContaining(`is parked at event ${eventId}`) });
    expect((await list({ json: true })).text).toContain('"request": null');
    expect(await request({ verb: 'drop', key, eventId }, longEnough)).toMatchObject({ exitCode: 0 });
    expect(publisher.published.filter(({ topic }) => topic === 'events')).toHaveLength(2);
  });

  it('is told of a key that is not parked any more, and of one that never was', async () => {
    const eventId = await parkOne();
    await request({ verb: 'drop', key, eventId }, longEnough);
    expect(await request({ verb: 'drop', key, eventId })).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('is not parked'),
    });
    for (const unknown of [`${tenantId}:tom`, 'tom', 'a.b:tom']) {
      expect(await request({ verb: 'retry', key: unknown })).toMatchObject({
        exitCode: 1,
        text: expect.stringContaining(`No user or group of this installation has the key ${unknown}.`),
      });
    }
  });

  it('writes down what is wanted while no relay runs, and need not wait for ever', async () => {
    await parkOne();
    await relay?.stop();
    expect((await request({ verb: 'retry', key })).text).toMatch(/The relay does it within seconds/);
    const asked = await request({ verb: 'retry', key }, 1);
    expect(asked).toMatchObject({ exitCode: 1, text: expect.stringContaining('it stays written down') });
    expect((await list()).text).toContain('retry, not done yet');
    publisher.tooLarge = () => false;
    // In one thread with it, nobody may wait for the ledger while the relay takes it over.
    await startRelay().published(await subject.store.head());
    while ((await list()).text !== 'No key is parked.\n') await new Promise(setImmediate);
    expect(publisher.published.filter(({ topic }) => topic === 'events')).toHaveLength(3);
  });

  it('is told that nobody runs a relay', async () => {
    await parkOne();
    await relay?.stop();
    await subject.stopLeading();
    expect(await request({ verb: 'retry', key })).toEqual({
      text: `Written down: retry ${key}. No relay runs now; it is done once one runs.\n`,
      exitCode: 0,
    });
  });
});

describe('an operator whose wish gets no answer', () => {
  it('hears that nobody knows whether it was written down, and that he may ask again', async () => {
    const away = new TargetUnavailableError('The ledger cannot be used now');
    const parked = { retry: () => Promise.reject(away) };
    const installation = {
      leader: async () => ({ isRunning: true }),
      relay: async () => ({ parked }),
    } as unknown as Installation;
    const { text, exitCode } = await requestParkedKey(installation, { verb: 'retry', key }, { waitMs: undefined });
    expect([exitCode, text]).toEqual([2, expect.stringContaining('it may have been written down, or not')]);
  });
});
