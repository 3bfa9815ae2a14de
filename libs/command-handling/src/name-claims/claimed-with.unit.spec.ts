import { describe, expect, it } from '@jest/globals';
import { eventCodec } from '#event-catalog';
import { InMemoryEventStore, type StreamName } from '#event-store';
import { sampleEvent } from '#event-store/testing';
import {
  assign,
  command,
  directoryOn,
  directoryWithAdmins,
  directoryWithMia,
  logKinds,
  mia,
} from '../testing/index.js';
import { claimedWith } from './claimed-with.js';

const [secret, other] = [Buffer.from('secret'), Buffer.from('another')];

describe.each(logKinds)('the secret that names in a log were claimed with, $title', ({ atomicAcrossStreams }) => {
  it.each([
    ['user', directoryWithMia],
    ['group', directoryWithAdmins],
  ])('is told from others by the first %s', async (_, directoryWith) => {
    const { store } = await directoryWith(atomicAcrossStreams);
    expect(await claimedWith(secret, store, eventCodec)).toBe(true);
    expect(await claimedWith(other, store, eventCodec)).toBe(false);
  });

  it('is told from others after the first user was renamed and is gone', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    await directory.changeUser(command(), { id: mia }, assign({ userName: 'Mia.Lee@acme.test' }));
    await directory.deprovisionUser(command(), { id: mia });
    expect(await claimedWith(secret, store, eventCodec)).toBe(true);
    expect(await claimedWith(other, store, eventCodec)).toBe(false);
  });

  it('is told from others after an event that nobody here can read', async () => {
    const store = new InMemoryEventStore({ atomicAcrossStreams });
    await store.append([{ stream: 'scim.user-acme.x' as StreamName, expected: 'no-stream', events: [sampleEvent()] }]);
    expect(await claimedWith(other, store, eventCodec)).toBeUndefined();
    await directoryOn(store).provisionUser(command(), mia, { userName: 'mia' });
    expect(await claimedWith(other, store, eventCodec)).toBe(false);
  });

  it('is not known where nobody was ever provisioned', async () => {
    const store = new InMemoryEventStore({ atomicAcrossStreams });
    expect(await claimedWith(secret, store, eventCodec)).toBeUndefined();
  });
});
