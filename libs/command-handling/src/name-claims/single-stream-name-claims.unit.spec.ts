import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { nameStream, userStream } from '#event-catalog';
import { type EventStore, InMemoryEventStore } from '#event-store';
import type { DirectoryCommands } from '../directory-commands.js';
import { assign, command, CrashPoint, directoryOn, InterceptedStore, mia, tenantId, tom } from '../testing/index.js';
import { nameKey } from './name-key.js';

const name = 'boss@acme.test';
const miaStream = userStream(tenantId, mia);
const claims = nameStream(tenantId, nameKey(createSecretKey(Buffer.from('secret')), tenantId, 'user-name', name));
const typesOf = async (store: EventStore, stream: typeof claims) =>
  (await store.readStream(stream)).map(({ type }) => type);

const emptyLog = () => new InMemoryEventStore({ atomicAcrossStreams: false });

/** Lets a process die before it appends the user's own event, so that all it leaves is its claim. */
async function leaveClaim(store: EventStore, call: number, work: (directory: DirectoryCommands) => Promise<unknown>) {
  const point = new CrashPoint(call, { how: 'freezes', when: 'before' });
  void work(directoryOn(new InterceptedStore(store, point.intercept)));
  await point.frozen;
  expect(await typesOf(store, claims)).toEqual(['name.claimed']);
}

describe('a claim that stands undecided', () => {
  const creation = (directory: DirectoryCommands) => directory.provisionUser(command(), mia, { userName: name });
  const renaming = (directory: DirectoryCommands) =>
    directory.changeUser(command(), { id: mia }, assign({ userName: name }));

  it('is voided by a contender after a moment, if its owner is not heard of', async () => {
    const store = emptyLog();
    await leaveClaim(store, 1, creation);
    const pauses: number[] = [];
    const contender = directoryOn(store, { sleep: async (milliseconds) => void pauses.push(milliseconds) });
    expect(await contender.provisionUser(command(), tom, { userName: name })).toMatchObject({ ok: true });
    expect(pauses).toEqual([200]);
    expect(await typesOf(store, miaStream)).toEqual(['name.claim-abandoned']);
  });

  it('is left to its owner who takes it up in that moment', async () => {
    const store = emptyLog();
    await leaveClaim(store, 1, creation);
    const contender = directoryOn(store, { sleep: async () => void (await creation(directoryOn(store))) });
    const result = await contender.provisionUser(command(), tom, { userName: name });
    expect(result).toEqual({ ok: false, error: { reason: 'name-taken', name, ownerId: mia } });
    expect(await typesOf(store, miaStream)).toEqual(['user.provisioned']);
  });

  it('is taken up by another command of the same owner, without a claim of its own', async () => {
    const store = emptyLog();
    await directoryOn(store).provisionUser(command(), mia, { userName: 'mia@acme.test' });
    await leaveClaim(store, 2, renaming);
    expect(await renaming(directoryOn(store))).toMatchObject({ ok: true });
    expect(await typesOf(store, claims)).toEqual(['name.claimed']);
  });

  it('is void at once when its owner is gone', async () => {
    const store = emptyLog();
    await directoryOn(store).provisionUser(command(), mia, { userName: 'mia@acme.test' });
    await leaveClaim(store, 2, renaming);
    await directoryOn(store).deprovisionUser(command(), { id: mia });
    const contender = directoryOn(store, { sleep: () => Promise.reject(new Error('There is nothing to wait for')) });
    expect(await contender.provisionUser(command(), tom, { userName: name })).toMatchObject({ ok: true });
    expect(await typesOf(store, miaStream)).toEqual(['user.provisioned', 'user.deprovisioned']);
  });

  it('can be claimed anew by an owner whose claim was voided by a contender who then died', async () => {
    const store = emptyLog();
    const context = command();
    const create = (directory: DirectoryCommands) => directory.provisionUser(context, mia, { userName: name });
    await leaveClaim(store, 1, create);
    // Tries to claim the name, reads the claim and its owner, waits, reads both again, voids the claim and dies before it takes the name over.
    const point = new CrashPoint(6, { how: 'freezes', when: 'before' });
    void directoryOn(new InterceptedStore(store, point.intercept)).provisionUser(command(), tom, { userName: name });
    await point.frozen;
    expect(await create(directoryOn(store))).toMatchObject({ ok: true, value: { revision: 1 } });
    expect(await typesOf(store, claims)).toEqual(['name.claimed', 'name.claimed']);
  });
});
