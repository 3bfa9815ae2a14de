import { describe, expect, it } from '@jest/globals';
import { err, type TenantId } from '#kernel';
import type { Revision } from '#event-store';
import {
  add,
  admins,
  assign,
  assignMembers,
  auditDirectory,
  command,
  directoryWithAdmins,
  directoryWithMia,
  emptyDirectory,
  idOf,
  logKinds,
  mia,
  remove,
  tom,
} from './testing/index.js';

const taken = (name: string, ownerId: string) => ({ ok: false, error: { reason: 'name-taken', name, ownerId } });
const notFound = { ok: false, error: { reason: 'not-found' } };
const at = (revision: number) => revision as Revision;

describe.each(logKinds)('DirectoryCommands $title', ({ atomicAcrossStreams }) => {
  describe('users', () => {
    it('provisions a user and says what the user is and where the log stands', async () => {
      const { store, directory } = emptyDirectory(atomicAcrossStreams);
      const result = await directory.provisionUser(command(), mia, { userName: 'Mia@acme.test' });
      expect(result).toMatchObject({
        ok: true,
        value: {
          state: { status: 'provisioned', attributes: { userName: 'Mia@acme.test', active: true } },
          revision: 0,
          position: await store.head(),
        },
      });
      expect((await auditDirectory(store)).users.size).toBe(1);
    });

    it('refuses a name that differs from a taken one only in case, and says who has it', async () => {
      const { directory } = await directoryWithMia(atomicAcrossStreams);
      expect(await directory.provisionUser(command(), tom, { userName: 'mia@ACME.test' })).toEqual(
        taken('mia@ACME.test', 'mia'),
      );
    });

    it('moves a user to another name and leaves the former one to others', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      const renamed = await directory.changeUser(command(), { id: mia }, assign({ userName: 'maria@acme.test' }));
      expect(renamed).toMatchObject({ ok: true, value: { revision: 1 } });
      const created = await directory.provisionUser(command(), tom, { userName: 'mia@acme.test' });
      expect(created.ok).toBe(true);
      const { users } = await auditDirectory(store);
      expect([...users.values()].map(({ userName }) => userName)).toEqual(['maria@acme.test', 'mia@acme.test']);
    });

    it('keeps the claim where only the spelling of the name changes', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      const head = await store.head();
      const renamed = await directory.changeUser(command(), { id: mia }, assign({ userName: 'MIA@acme.test' }));
      expect(renamed).toMatchObject({ ok: true, value: { state: { attributes: { userName: 'MIA@acme.test' } } } });
      expect(await store.head()).toBe(head + 1n);
      await auditDirectory(store);
    });

    it('refuses to move a user to a name somebody has', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      await directory.provisionUser(command(), tom, { userName: 'tom@acme.test' });
      const renamed = await directory.changeUser(command(), { id: tom }, assign({ userName: 'MIA@acme.test' }));
      expect(renamed).toEqual(taken('MIA@acme.test', 'mia'));
      expect((await auditDirectory(store)).users.get('tom')).toMatchObject({ userName: 'tom@acme.test' });
    });

    it('frees the name of a user who is deprovisioned', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      const gone = await directory.deprovisionUser(command(), { id: mia });
      expect(gone).toMatchObject({ ok: true, value: { state: { status: 'deprovisioned' } } });
      expect((await directory.provisionUser(command(), tom, { userName: 'mia@acme.test' })).ok).toBe(true);
      expect([...(await auditDirectory(store)).users.keys()]).toEqual(['tom']);
    });

    it('knows nobody who was never provisioned or is gone', async () => {
      const { directory } = await directoryWithMia(atomicAcrossStreams);
      await directory.deprovisionUser(command(), { id: mia });
      expect(await directory.changeUser(command(), { id: mia }, assign({ title: 'Boss' }))).toEqual(notFound);
      expect(await directory.deprovisionUser(command(), { id: mia })).toEqual(notFound);
      expect(await directory.deprovisionUser(command(), { id: tom })).toEqual(notFound);
    });

    it('appends nothing where nothing changes', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      const head = await store.head();
      const result = await directory.changeUser(command(), { id: mia }, assign({ userName: 'Mia@acme.test' }));
      expect(result).toMatchObject({ ok: true, value: { revision: 0, position: undefined } });
      expect(await store.head()).toBe(head);
    });

    it('changes a user only at the version the client asked for', async () => {
      const { directory } = await directoryWithMia(atomicAcrossStreams);
      await directory.changeUser(command(), { id: mia }, assign({ title: 'Analyst' }));
      const mismatch = { ok: false, error: { reason: 'version-mismatch', actual: 1 } };
      const stale = { id: mia, requiredRevisions: new Set([at(0)]) };
      expect(await directory.changeUser(command(), stale, assign({ title: 'Boss' }))).toEqual(mismatch);
      expect(await directory.deprovisionUser(command(), stale)).toEqual(mismatch);
      const current = { id: mia, requiredRevisions: new Set([at(1)]) };
      expect(await directory.changeUser(command(), current, assign({ title: 'Boss' }))).toMatchObject({ ok: true });
    });

    it('hands on why a change was refused and appends nothing', async () => {
      const { store, directory } = await directoryWithMia(atomicAcrossStreams);
      const head = await store.head();
      const refused = await directory.changeUser(command(), { id: mia }, () => err({ reason: 'no-target' as const }));
      expect(refused).toEqual({ ok: false, error: { reason: 'no-target' } });
      expect(await store.head()).toBe(head);
    });

    it('keeps names of users and of groups, and of different tenants, apart', async () => {
      const { directory } = await directoryWithMia(atomicAcrossStreams);
      const group = { displayName: 'mia@acme.test' };
      expect((await directory.provisionGroup(command(), admins, group, [])).ok).toBe(true);
      const elsewhere = { ...command(), tenantId: 'other' as TenantId };
      expect((await directory.provisionUser(elsewhere, mia, { userName: 'mia@acme.test' })).ok).toBe(true);
    });
  });

  describe('groups', () => {
    it('provisions a group with its first members', async () => {
      const { store, directory } = emptyDirectory(atomicAcrossStreams);
      const members = [{ value: 'mia' }, { value: 'tom', type: 'User' }];
      const result = await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, members);
      expect(result).toMatchObject({ ok: true, value: { revision: 1 } });
      const { groups } = await auditDirectory(store);
      expect(groups.get('admins')?.members).toEqual(new Set(['mia', 'tom']));
    });

    it('changes attributes and members in one append', async () => {
      const { store, directory } = await directoryWithAdmins(atomicAcrossStreams);
      await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia', 'tom')]));
      const change = assignMembers([remove('mia'), add('tom', 'ida')], { displayName: 'Root' });
      expect(await directory.changeGroup(command(), { id: admins }, change)).toMatchObject({ ok: true });
      expect((await auditDirectory(store)).groups.get('admins')).toEqual({
        attributes: { displayName: 'Root' },
        members: new Set(['tom', 'ida']),
      });
    });

    it('replaces all members, and removes those a filter finds', async () => {
      const { store, directory } = await directoryWithAdmins(atomicAcrossStreams);
      await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia', 'tom')]));
      const replace = { kind: 'replace', members: [{ value: 'tom' }, { value: 'ida' }, { value: 'eva' }] } as const;
      await directory.changeGroup(command(), { id: admins }, assignMembers([replace]));
      const where = { kind: 'remove-where', matches: ({ value }: { value: string }) => value > 'i' } as const;
      await directory.changeGroup(command(), { id: admins }, assignMembers([where]));
      expect((await auditDirectory(store)).groups.get('admins')?.members).toEqual(new Set(['eva']));
    });

    it('refuses a display name another group has', async () => {
      const { directory } = await directoryWithAdmins(atomicAcrossStreams);
      const result = await directory.provisionGroup(command(), idOf('other'), { displayName: 'ADMINS' }, []);
      expect(result).toEqual(taken('ADMINS', 'admins'));
    });

    it('frees the display name of a group that is gone', async () => {
      const { directory } = await directoryWithAdmins(atomicAcrossStreams);
      expect(await directory.deprovisionGroup(command(), { id: admins })).toMatchObject({ ok: true });
      const again = await directory.provisionGroup(command(), idOf('other'), { displayName: 'Admins' }, []);
      expect(again.ok).toBe(true);
      expect(await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia')]))).toEqual(notFound);
    });
  });
});
