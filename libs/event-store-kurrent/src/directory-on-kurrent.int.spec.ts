import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandId, ResourceId } from '#kernel';
import type { DirectoryCommands } from '#command-handling';
import { assign, auditDirectory, command, directoryOn } from '#command-handling/testing';
import { KurrentEventStore } from './kurrent-event-store.js';
import {
  LoopbackStores,
  type ServerUnderTest,
  describeWithFaults,
  freshLog,
  startServerUnderTest,
} from './testing/index.js';

/** A process of its own as far as the log is concerned: what it remembers, its connection, its claim ids. */
function processOn(store: KurrentEventStore): DirectoryCommands {
  return directoryOn(store, { sleep: (milliseconds) => sleep(milliseconds), newClaimId: randomUUID });
}

const newUser = () => randomUUID() as ResourceId;
/** Commands of processes that do not share a counter. */
const newCommand = () => ({ ...command(), commandId: randomUUID() as CommandId });

/** As many creates of one name at once, spread over the processes; what each was told. */
function claimAtOnce(processes: readonly DirectoryCommands[], count: number) {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = newUser();
      const process = processes[index % processes.length] as DirectoryCommands;
      return { id, result: await process.provisionUser(newCommand(), id, { userName: 'Mia@acme.test' }) };
    }),
  );
}

describe('a directory on a log that appends to one stream at a time', () => {
  let server: ServerUnderTest;
  let stores: readonly KurrentEventStore[];

  beforeEach(async () => {
    server = await startServerUnderTest();
    const log = freshLog(server);
    stores = [await KurrentEventStore.open(log), await KurrentEventStore.open(log)];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
  });

  it('provisions users, and refuses a name that is taken whichever process is asked', async () => {
    const [here, there] = stores.map(processOn) as [DirectoryCommands, DirectoryCommands];
    const mia = newUser();
    expect(await here.provisionUser(newCommand(), mia, { userName: 'mia@acme.test' })).toMatchObject({ ok: true });
    const taken = await there.provisionUser(newCommand(), newUser(), { userName: 'MIA@acme.test' });
    expect(taken).toMatchObject({ ok: false, error: { reason: 'name-taken', ownerId: mia } });
    const renamed = await there.changeUser(newCommand(), { id: mia }, assign({ userName: 'maria@acme.test' }));
    expect(renamed).toMatchObject({ ok: true });
    const free = await here.provisionUser(newCommand(), newUser(), { userName: 'mia@acme.test' });
    expect(free).toMatchObject({ ok: true });
    expect((await auditDirectory(stores[0] as KurrentEventStore)).users.size).toBe(2);
  });

  it('has one owner of a name that 50 creates ask for at once through two stores', async () => {
    const outcomes = await claimAtOnce(stores.map(processOn), 50);
    const owners = outcomes.filter(({ result }) => result.ok);
    expect(owners).toHaveLength(1);
    const { users } = await auditDirectory(stores[0] as KurrentEventStore);
    expect([...users.keys()]).toEqual(owners.map(({ id }) => id));
  });
});

describeWithFaults('a directory whose log loses answers', () => {
  it.each([1, 2, 3])('has one owner of a name that 50 creates ask for at once through two stores (%i)', async () => {
    const stores = await LoopbackStores.start();
    try {
      const opened = [await stores.open('defaultDeadline=1000'), await stores.open('defaultDeadline=1000')];
      stores.server.faults.chooseForAppends((count) => {
        if (count % 9 === 0) return 'never answered';
        return count < 100 && count % 17 === 0 ? 'connection lost after commit' : undefined;
      });
      const outcomes = await claimAtOnce(opened.map(processOn), 50);
      stores.server.faults.chooseForAppends(undefined);
      expect(stores.server.faults.suffered).toBeGreaterThan(5);
      const owners = outcomes.filter(({ result }) => result.ok);
      expect(owners).toHaveLength(1);
      const { users } = await auditDirectory(await stores.open());
      expect([...users.keys()]).toEqual(owners.map(({ id }) => id));
    } finally {
      await stores.stop();
    }
  });
});
