import { describe, expect, it } from '@jest/globals';
import { systemClock } from '#kernel';
import { DirectoryLog, OutcomeUnknownError } from '#command-handling';
import {
  add,
  admins,
  assignMembers,
  command,
  directoryWithAdmins,
  FoldedMembership,
  idOf,
  mia,
  tenantId,
} from '#command-handling/testing';
import { SqlStoreError } from '#directory-view';
import { eventCodec } from '#event-catalog';
import { beforeFirstPosition, EventStoreUnavailable } from '#event-store';
import { CheckpointSignal, TargetUnavailableError } from '#projections';
import { sourceLog } from '#projections/testing';
import { SqliteProcessCheckpoint } from '#projections-sqlite';
import { MembershipEnd, type MembershipEndOptions } from './membership-end.js';

/** A group, a user, and the process that has heard of neither yet. */
async function started(overrides: Partial<MembershipEndOptions> = {}) {
  const { store, directory } = await directoryWithAdmins(true);
  await directory.provisionUser(command(), mia, { userName: 'mia@acme.test' });
  const membership = new FoldedMembership(store);
  const log = new DirectoryLog(store, eventCodec);
  const asked: string[] = [];
  const view = new CheckpointSignal();
  const process = new MembershipEnd({
    commands: directory,
    log: {
      isDeprovisioned: (tenant, id) => {
        asked.push(id);
        return log.isDeprovisioned(tenant, id);
      },
    },
    reader: {
      groupsWithMember: async (_, id) => {
        const { members } = await membership.all(tenantId, admins);
        return members.some(({ value }) => value === id) ? [admins] : [];
      },
      provisionedAmong: async (_, ids) =>
        new Set((await log.user(tenantId, mia)) ? ids.filter((id) => id === mia) : []),
    },
    view,
    checkpoint: new SqliteProcessCheckpoint({ file: ':memory:', log: sourceLog('a', store) }),
    clock: systemClock,
    ...overrides,
  });
  const { epoch, checkpoint } = await process.acquire();
  return {
    directory,
    /** Whose ends were looked for in the log. */
    asked,
    add: (...ids: string[]) => directory.changeGroup(command(), { id: admins }, assignMembers([add(...ids)])),
    members: async () => (await membership.all(tenantId, admins)).members.map(({ value }) => value).sort(),
    /** Lets the process hear of everything that happened. */
    catchUp: async () => {
      const events = await store.readAll(beforeFirstPosition, 1_000);
      const to = await store.head();
      view.advanced(to);
      await process.apply(events.map(eventCodec.decode.bind(eventCodec)), { epoch, from: checkpoint, to });
    },
  };
}

describe('MembershipEnd', () => {
  it('takes a deleted user out of the groups it was in, and leaves the others', async () => {
    const { directory, add, members, catchUp } = await started();
    await add(mia, 'somebody');
    await directory.deprovisionUser(command(), { id: mia });
    await catchUp();
    expect(await members()).toEqual(['somebody']);
  });

  it('takes out a user that was added after its deletion', async () => {
    const { directory, add, members, catchUp } = await started();
    await directory.deprovisionUser(command(), { id: mia });
    await add(mia, 'somebody');
    await catchUp();
    expect(await members()).toEqual(['somebody']);
  });

  it('takes a deleted group out of the groups it was added to', async () => {
    const { directory, add, members, catchUp } = await started();
    const nested = await directory.provisionGroup(command(), idOf('nested'), { displayName: 'Nested' }, []);
    expect(nested.ok).toBe(true);
    await directory.deprovisionGroup(command(), { id: idOf('nested') });
    await add('nested');
    await catchUp();
    expect(await members()).toEqual([]);
  });

  it('leaves members alone that this server does not know', async () => {
    const { add, members, catchUp, asked } = await started();
    await add(mia, 'unheard-of');
    await catchUp();
    expect(asked).toEqual(['unheard-of']);
    expect(await members()).toEqual([mia, 'unheard-of'].sort());
  });

  it('asks the view once for all who were added in a batch', async () => {
    const lookups: (readonly string[])[] = [];
    const provisionedAmong = async (_: unknown, ids: readonly string[]) => {
      lookups.push(ids);
      return new Set(ids);
    };
    const { add, catchUp } = await started({ reader: { groupsWithMember: async () => [], provisionedAmong } });
    await add(mia);
    await add('tom', 'eva');
    await catchUp();
    expect(lookups).toEqual([[mia, 'tom', 'eva']]);
  });

  /** What the process says when it hears of the end of a user and the look-up of its groups fails. */
  async function failureOf(error: Error): Promise<unknown> {
    const reader = { groupsWithMember: () => Promise.reject(error), provisionedAmong: async () => new Set<string>() };
    const { directory, catchUp } = await started({ reader });
    await directory.deprovisionUser(command(), { id: mia });
    return catchUp().catch((thrown: unknown) => thrown);
  }

  it.each([
    ['a view that is away', new SqlStoreError('away', new Error('busy'))],
    ['a log that takes no writes', new EventStoreUnavailable('away')],
    ['a write nobody knows the outcome of', new OutcomeUnknownError()],
  ])('asks to be tried again after %s', async (_, error) => {
    expect(await failureOf(error)).toBeInstanceOf(TargetUnavailableError);
  });

  it.each([
    ['a bug', new TypeError('undefined is not a function')],
    ['a damaged view', new SqlStoreError('damaged', new Error('corrupt'))],
  ])('fails for good with %s', async (_, error) => {
    expect(await failureOf(error)).toBe(error);
  });
});
