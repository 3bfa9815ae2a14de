import { describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore } from '#event-store';
import { foldCase } from '#kernel';
import type { CommandContext } from './command-context.js';
import type { CommandResult, DirectoryCommands } from './directory-commands.js';
import {
  add,
  admins,
  assign,
  assignMembers,
  type AuditedDirectory,
  auditDirectory,
  command,
  crashKinds,
  CrashPoint,
  directoryOn,
  idOf,
  InterceptedStore,
  logKinds,
  mia,
  remove,
  tom,
} from './testing/index.js';

interface Work {
  readonly title: string;
  readonly nameOf: 'user' | 'group';
  /** The name that is taken up or given up. */
  readonly name: string;
  perform(directory: DirectoryCommands, context: CommandContext): Promise<CommandResult<unknown>>;
  /** Whether the work is done, as the log tells. */
  isDone(audited: AuditedDirectory): boolean;
}

const works: readonly Work[] = [
  {
    title: 'provisioning a user',
    nameOf: 'user',
    name: 'tom@acme.test',
    perform: (directory, context) => directory.provisionUser(context, tom, { userName: 'tom@acme.test' }),
    isDone: ({ users }) => users.get(tom)?.['userName'] === 'tom@acme.test',
  },
  {
    title: 'renaming a user',
    nameOf: 'user',
    name: 'maria@acme.test',
    perform: (directory, context) =>
      directory.changeUser(context, { id: mia }, assign({ userName: 'maria@acme.test' })),
    isDone: ({ users }) => users.get(mia)?.['userName'] === 'maria@acme.test',
  },
  {
    title: 'changing the name and the members of a group',
    nameOf: 'group',
    name: 'Root',
    perform: (directory, context) =>
      directory.changeGroup(
        context,
        { id: admins },
        assignMembers([add('tom'), remove('mia')], { displayName: 'Root' }),
      ),
    isDone: ({ groups }) => {
      const group = groups.get(admins);
      return group?.attributes['displayName'] === 'Root' && group.members.has('tom') && !group.members.has('mia');
    },
  },
  {
    title: 'deprovisioning a user',
    nameOf: 'user',
    name: 'mia@acme.test',
    perform: (directory, context) => directory.deprovisionUser(context, { id: mia }),
    isDone: ({ users }) => !users.has(mia),
  },
];

async function givenLog(atomicAcrossStreams: boolean): Promise<EventStore> {
  const store = new InMemoryEventStore({ atomicAcrossStreams });
  const directory = directoryOn(store);
  await directory.provisionUser(command(), mia, { userName: 'mia@acme.test' });
  await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
  return store;
}

/** Lets a process do its work until it ends, one way or the other, or freezes. */
async function workUntil(point: CrashPoint, store: EventStore, work: Work, context: CommandContext) {
  const crashing = new InterceptedStore(store, point.intercept);
  const outcome = work.perform(directoryOn(crashing), context).catch(() => undefined);
  return Promise.race([outcome, point.frozen]);
}

/** Every point at which the work can be cut short, one after the other. */
async function atEveryPoint(
  atomicAcrossStreams: boolean,
  work: Work,
  examine: (store: EventStore, context: CommandContext) => Promise<void>,
): Promise<number> {
  let points = 0;
  for (const kind of crashKinds) {
    for (let at = 0, isReached = true; isReached; at++) {
      const store = await givenLog(atomicAcrossStreams);
      const before = await auditDirectory(store);
      const point = new CrashPoint(at, kind);
      const context = command();
      const outcome = await workUntil(point, store, work, context);
      const after = await auditDirectory(store);
      if (outcome?.ok) expect(work.isDone(after)).toBe(true);
      if (!work.isDone(after)) expect([after.users, after.groups]).toEqual([before.users, before.groups]);
      await examine(store, context);
      isReached = point.isReached;
      points++;
    }
  }
  return points;
}

function isHeld(name: string, { users, groups }: AuditedDirectory): boolean {
  const userNames = [...users.values()].map(({ userName }) => userName as string);
  const displayNames = [...groups.values()].map(({ attributes }) => attributes['displayName'] as string);
  return [...userNames, ...displayNames].some((held) => foldCase(held) === foldCase(name));
}

describe.each(logKinds)('a process that is cut short $title', ({ atomicAcrossStreams }) => {
  it.each(works)('has done all of $title or nothing, and doing it again succeeds', async (work) => {
    const points = await atEveryPoint(atomicAcrossStreams, work, async (store, context) => {
      const wasDone = work.isDone(await auditDirectory(store));
      const again = await work.perform(directoryOn(store), context);
      if (!again.ok) expect([wasDone, again.error]).toEqual([true, { reason: 'not-found' }]);
      expect(work.isDone(await auditDirectory(store))).toBe(true);
    });
    expect(points).toBeGreaterThanOrEqual(8);
  });

  it.each(works)('never leaves a name nobody can have after $title', async (work) => {
    const stranger = idOf('stranger');
    await atEveryPoint(atomicAcrossStreams, work, async (store) => {
      const directory = directoryOn(store);
      const wasHeld = isHeld(work.name, await auditDirectory(store));
      const taking =
        work.nameOf === 'user'
          ? await directory.provisionUser(command(), stranger, { userName: work.name })
          : await directory.provisionGroup(command(), stranger, { displayName: work.name }, []);
      expect(taking.ok).toBe(!wasHeld);
      await auditDirectory(store);
    });
  });
});
