import { InMemoryEventStore } from '#event-store';
import { command, directoryOn, idOf } from './sample-commands.js';

/** The two kinds of log the directory has to work on. */
export const logKinds = [
  { title: 'on a store that appends to several streams at once', atomicAcrossStreams: true },
  { title: 'on a store that appends to one stream at a time', atomicAcrossStreams: false },
] as const;

export const mia = idOf('mia');
export const tom = idOf('tom');
export const admins = idOf('admins');

export function emptyDirectory(atomicAcrossStreams: boolean) {
  const store = new InMemoryEventStore({ atomicAcrossStreams });
  return { store, directory: directoryOn(store) };
}

/** Mia bears the name `Mia@acme.test`. */
export async function directoryWithMia(atomicAcrossStreams: boolean) {
  const { store, directory } = emptyDirectory(atomicAcrossStreams);
  await directory.provisionUser(command(), mia, { userName: 'Mia@acme.test' });
  return { store, directory };
}

/** The group `Admins` has no members. */
export async function directoryWithAdmins(atomicAcrossStreams: boolean) {
  const { store, directory } = emptyDirectory(atomicAcrossStreams);
  await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, []);
  return { store, directory };
}
