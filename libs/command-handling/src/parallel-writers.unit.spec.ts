import { describe, expect, it } from '@jest/globals';
import type { Revision } from '#event-store';
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
  emptyDirectory,
  FoldedMembership,
  idOf,
  logKinds,
  mia,
  tom,
} from './testing/index.js';

const taken = (name: string, ownerId: string) => ({ ok: false, error: { reason: 'name-taken', name, ownerId } });
const at = (revision: number) => revision as Revision;

describe.each(logKinds)('many writers at once $title', ({ atomicAcrossStreams }) => {
  it('lets exactly one of 50 parallel creations of one name win, and tells the others who did', async () => {
    const { store, directory } = emptyDirectory(atomicAcrossStreams);
    const other = directoryOn(store);
    const nameOf = (index: number) => (index % 2 === 0 ? 'mia@acme.test' : 'MIA@Acme.Test');
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const userName = nameOf(index);
        return (index % 2 === 0 ? directory : other).provisionUser(command(), idOf(`u${index}`), { userName });
      }),
    );
    const winners = [...(await auditDirectory(store)).users.keys()];
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const [index, result] of results.entries()) {
      if (!result.ok) expect(result).toEqual(taken(nameOf(index), winners[0] as string));
    }
  });

  it('ends with 500 members after 500 parallel additions through two processes', async () => {
    const { store } = await directoryWithAdmins(atomicAcrossStreams);
    const membership = new FoldedMembership(store, () => 5);
    const directory = directoryOn(store, { membership });
    const other = directoryOn(store, { membership });
    const results = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        (index % 2 === 0 ? directory : other).changeGroup(command(), { id: admins }, assignMembers([add(`u${index}`)])),
      ),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect((await auditDirectory(store)).groups.get('admins')?.members.size).toBe(500);
  });

  it('never shows a caller that another process got in between', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    const other = directoryOn(store);
    await other.changeUser(command(), { id: mia }, assign({ title: 'Analyst' }));
    const results = await Promise.all([
      directory.changeUser(command(), { id: mia }, assign({ nickName: 'Mi' })),
      other.changeUser(command(), { id: mia }, assign({ locale: 'de' })),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect((await auditDirectory(store)).users.get('mia')).toMatchObject({
      title: 'Analyst',
      nickName: 'Mi',
      locale: 'de',
    });
  });

  it('shows it to a client that asked for a version', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    const target = { id: mia, requiredRevisions: new Set([at(0)]) };
    const results = await Promise.all([
      directory.changeUser(command(), target, assign({ nickName: 'Mi' })),
      directoryOn(store).changeUser(command(), target, assign({ locale: 'de' })),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, error: { reason: 'version-mismatch', actual: 1 } });
  });

  it('lets one of two users move to a name both want', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    await directory.provisionUser(command(), tom, { userName: 'tom@acme.test' });
    const toBoss = assign({ userName: 'boss@acme.test' });
    const results = await Promise.all([
      directory.changeUser(command(), { id: mia }, toBoss),
      directoryOn(store).changeUser(command(), { id: tom }, toBoss),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    await auditDirectory(store);
  });

  it('accepts the same rename of one user from two processes', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    const toBoss = assign({ userName: 'boss@acme.test' });
    const results = await Promise.all([
      directory.changeUser(command(), { id: mia }, toBoss),
      directoryOn(store).changeUser(command(), { id: mia }, toBoss),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect((await auditDirectory(store)).users.get('mia')).toMatchObject({ userName: 'boss@acme.test' });
  });

  it('gives a name that is being freed to its taker or says who still has it', async () => {
    const { store, directory } = await directoryWithMia(atomicAcrossStreams);
    const [gone, created] = await Promise.all([
      directory.deprovisionUser(command(), { id: mia }),
      directoryOn(store).provisionUser(command(), tom, { userName: 'mia@acme.test' }),
    ]);
    expect(gone.ok).toBe(true);
    if (!created.ok) expect(created).toEqual(taken('mia@acme.test', 'mia'));
    expect((await auditDirectory(store)).users.has('tom')).toBe(created.ok);
    expect((await directory.provisionUser(command(), idOf('eva'), { userName: 'mia@acme.test' })).ok).toBe(!created.ok);
  });
});
