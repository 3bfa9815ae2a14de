import { beforeEach, describe, expect, it } from '@jest/globals';
import { err, ok } from '#kernel';
import { InMemoryEventStore, type Revision } from '#event-store';
import {
  assign,
  auditDirectory,
  command,
  directoryOn,
  idOf,
  InterceptedStore,
  logKinds,
  mia,
  tom,
} from './testing/index.js';

const at = (revision: number) => new Set([revision as Revision]);

describe.each(logKinds)('what a process remembers $title', ({ atomicAcrossStreams }) => {
  let store: InMemoryEventStore;
  let reads: number;
  let here: ReturnType<typeof directoryOn>;
  let elsewhere: ReturnType<typeof directoryOn>;

  beforeEach(async () => {
    store = new InMemoryEventStore({ atomicAcrossStreams });
    reads = 0;
    const counting = new InterceptedStore(store, async (call, perform) => {
      if (call.operation === 'read') reads++;
      return perform();
    });
    here = directoryOn(counting);
    elsewhere = directoryOn(store);
    await here.provisionUser(command(), mia, { userName: 'mia', title: 'Engineer' });
  });

  it('is enough to provision a user and to change one: the log is not read', async () => {
    await here.provisionUser(command(), tom, { userName: 'tom' });
    await here.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    expect(reads).toBe(0);
    await auditDirectory(store);
  });

  if (atomicAcrossStreams) {
    it('is enough to rename and to deprovision a user, and to give the name to another', async () => {
      await here.changeUser(command(), { id: mia }, assign({ userName: 'maria' }));
      await here.deprovisionUser(command(), { id: mia });
      await here.provisionUser(command(), tom, { userName: 'mia' });
      expect(reads).toBe(0);
      await auditDirectory(store);
    });
  }

  it('is not enough to say that nothing changes', async () => {
    await elsewhere.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    const result = await here.changeUser(command(), { id: mia }, assign({ title: 'Engineer' }));
    expect(result).toMatchObject({ ok: true, value: { revision: 2, position: await store.head() } });
  });

  it('is not enough to change somebody who is gone', async () => {
    await elsewhere.deprovisionUser(command(), { id: mia });
    const result = await here.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    expect(result).toEqual({ ok: false, error: { reason: 'not-found' } });
  });

  it('is not enough to refuse a name that was given up elsewhere', async () => {
    await elsewhere.changeUser(command(), { id: mia }, assign({ userName: 'maria' }));
    expect((await here.provisionUser(command(), tom, { userName: 'mia' })).ok).toBe(true);
    await auditDirectory(store);
  });

  it('is not enough to give away a name that was taken elsewhere', async () => {
    await here.changeUser(command(), { id: mia }, assign({ userName: 'maria' }));
    await elsewhere.provisionUser(command(), tom, { userName: 'mia' });
    const result = await here.provisionUser(command(), idOf('eva'), { userName: 'mia' });
    expect(result).toEqual({ ok: false, error: { reason: 'name-taken', name: 'mia', ownerId: tom } });
  });

  it('is not enough to refuse or to grant what a client demands of the revision', async () => {
    await elsewhere.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    const former = { id: mia, requiredRevisions: at(0) };
    expect(await here.changeUser(command(), former, assign({ title: 'Head' }))).toEqual({
      ok: false,
      error: { reason: 'version-mismatch', actual: 1 },
    });
    await elsewhere.changeUser(command(), { id: mia }, assign({ title: 'Chief' }));
    const latest = { id: mia, requiredRevisions: at(2) };
    expect((await here.changeUser(command(), latest, assign({ title: 'Head' }))).ok).toBe(true);
  });

  it("is not enough for a caller's refusal", async () => {
    await elsewhere.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    const promote = await here.changeUser(command(), { id: mia }, ({ attributes }) =>
      attributes['title'] === 'Lead' ? ok({ ...attributes, title: 'Head' }) : err('not a lead'),
    );
    expect(promote.ok).toBe(true);
  });
});
