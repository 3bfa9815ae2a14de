import { describe, expect, it } from '@jest/globals';
import { groupStream, userStream } from '#event-catalog';
import { type EventStore, EventStoreUnavailable, InMemoryEventStore } from '#event-store';
import { OutcomeUnknownError } from './append-until-known.js';
import {
  add,
  admins,
  assign,
  assignMembers,
  auditDirectory,
  command,
  directoryOn,
  directoryWithAdmins,
  directoryWithMia,
  InterceptedStore,
  logKinds,
  mia,
  remove,
  tenantId,
  tom,
} from './testing/index.js';

/** Loses the answers to appends that were carried out, the first `times` of them. */
function losingAnswers(store: EventStore, times: number): EventStore {
  let left = times;
  return new InterceptedStore(store, async (call, perform) => {
    const result = await perform();
    return call.operation === 'append' && left-- > 0 ? { outcome: 'unknown', cause: 'connection lost' } : result;
  });
}

describe.each(logKinds)('lost answers $title', ({ atomicAcrossStreams }) => {
  it('appends once although the answer of every first send is lost', async () => {
    const store = new InMemoryEventStore({ atomicAcrossStreams });
    let sends = 0;
    const flaky = new InterceptedStore(store, async (call, perform) => {
      const result = await perform();
      return call.operation === 'append' && sends++ % 2 === 0 ? { outcome: 'unknown', cause: 'lost' } : result;
    });
    const directory = directoryOn(flaky);
    const created = await directory.provisionUser(command(), mia, { userName: 'mia@acme.test' });
    expect(created).toMatchObject({ ok: true, value: { revision: 0 } });
    await directory.changeUser(command(), { id: mia }, assign({ userName: 'maria@acme.test', active: false }));
    expect(await store.readStream(userStream(tenantId, mia))).toHaveLength(3);
    await auditDirectory(store);
  });

  it('reports neither success nor failure as long as no answer comes', async () => {
    const store = new InMemoryEventStore({ atomicAcrossStreams });
    const directory = directoryOn(losingAnswers(store, Infinity));
    const creation = directory.provisionUser(command(), mia, { userName: 'mia@acme.test' });
    await expect(creation).rejects.toThrow(OutcomeUnknownError);
  });

  it('succeeds when a command whose outcome was unknown is sent again', async () => {
    const store = new InMemoryEventStore({ atomicAcrossStreams });
    const context = command();
    const attributes = { userName: 'mia@acme.test' };
    const lossy = directoryOn(losingAnswers(store, 6));
    await expect(lossy.provisionUser(context, mia, attributes)).rejects.toThrow(OutcomeUnknownError);
    expect(await directoryOn(store).provisionUser(context, mia, attributes)).toMatchObject({ ok: true });
    expect(await directoryOn(store).provisionUser(context, mia, attributes)).toMatchObject({ ok: true });
    expect(await store.readStream(userStream(tenantId, mia))).toHaveLength(1);
    await auditDirectory(store);
  });

  it('carries out a command again that was undone since it was first sent', async () => {
    const { store, directory } = await directoryWithAdmins(atomicAcrossStreams);
    const join = command();
    await directory.changeGroup(join, { id: admins }, assignMembers([add('mia')]));
    await directory.changeGroup(command(), { id: admins }, assignMembers([remove('mia')]));
    expect((await directory.changeGroup(join, { id: admins }, assignMembers([add('mia')]))).ok).toBe(true);
    expect(await store.readStream(groupStream(tenantId, admins))).toHaveLength(4);
    await auditDirectory(store);
  });

  it('answers success where the log took the change and fails right after', async () => {
    const { store } = await directoryWithMia(atomicAcrossStreams);
    let changed = false;
    const failing = new InterceptedStore(store, async (call, perform) => {
      if (changed) throw new EventStoreUnavailable('disk full');
      const result = await perform();
      changed = call.operation === 'append' && call.appends.at(-1)?.stream === userStream(tenantId, mia);
      return result;
    });
    expect(await directoryOn(failing).deprovisionUser(command(), { id: mia })).toMatchObject({ ok: true });
    const again = await directoryOn(store).provisionUser(command(), tom, { userName: 'mia@acme.test' });
    expect(again.ok).toBe(true);
  });
});
