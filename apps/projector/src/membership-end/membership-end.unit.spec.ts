import { describe, expect, it } from '@jest/globals';
import { systemClock } from '#kernel';
import { DirectoryLog } from '#command-handling';
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
import { eventCodec } from '#event-catalog';
import { beforeFirstPosition, type Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { MembershipEnd } from './membership-end.js';
import { ProcessCheckpoint } from './process-checkpoint.js';

/** A group, a user, and the process that has heard of neither yet. */
async function started() {
  const { store, directory } = await directoryWithAdmins(true);
  await directory.provisionUser(command(), mia, { userName: 'mia@acme.test' });
  const membership = new FoldedMembership(store);
  const view = new CheckpointSignal();
  const process = new MembershipEnd({
    commands: directory,
    log: new DirectoryLog(store, eventCodec),
    reader: {
      groupsWithMember: async (_, id) => {
        const { members } = await membership.all(tenantId, admins);
        return members.some(({ value }) => value === id) ? [admins] : [];
      },
    },
    view,
    checkpoint: new ProcessCheckpoint({ file: ':memory:', log: { identity: 'a', head: 1_000n as Position } }),
    clock: systemClock,
  });
  const { epoch, checkpoint } = await process.acquire();
  return {
    directory,
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
    const { add, members, catchUp } = await started();
    await add(mia, 'unheard-of');
    await catchUp();
    expect(await members()).toEqual([mia, 'unheard-of'].sort());
  });
});
