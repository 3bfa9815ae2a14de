import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ResourceId, systemClock } from '#kernel';
import { DirectoryLog } from '#command-handling';
import {
  add,
  assign,
  assignMembers,
  command,
  CrashPoint,
  crashKinds,
  directoryOn,
  FoldedMembership,
  idOf,
  InterceptedStore,
  remove,
  tenantId,
} from '#command-handling/testing';
import { SqliteDirectoryView } from '#directory-view';
import { foldOfLog, viewSnapshot } from '#directory-view/testing';
import { type EventEnvelope, eventCodec } from '#event-catalog';
import { beforeFirstPosition, type EventStore, InMemoryEventStore, type Position } from '#event-store';
import { CheckpointSignal, ProjectionRunner, type ProjectionTarget } from '#projections';
import { sourceLog } from '#projections/testing';
import { SqliteProcessCheckpoint } from '#projections-sqlite';
import { SchemaRegistry } from '#scim-protocol';
import { MembershipEnd } from '../../apps/projector/src/index.js';
import { dataDirectory } from '../support/server-process.js';

const registry = new SchemaRegistry();
const log = new InMemoryEventStore({ atomicAcrossStreams: true });

let events: readonly EventEnvelope[];
let directory: ReturnType<typeof dataDirectory>;
/** Views and checkpoints; a process that is cut short leaves them open. */
const opened: { close(): void | Promise<void> }[] = [];
async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

beforeAll(async () => {
  const directoryCommands = directoryOn(log);
  const [mia, tom, staff] = [idOf('mia'), idOf('tom'), idOf('staff')];
  await directoryCommands.provisionUser(command(), mia, { userName: 'mia@acme.test' });
  await directoryCommands.provisionUser(command(), tom, { userName: 'tom@acme.test' });
  await directoryCommands.provisionGroup(command(), staff, { displayName: 'Staff' }, [{ value: mia }]);
  await directoryCommands.changeGroup(command(), { id: staff }, assignMembers([add('tom'), remove('mia')]));
  await directoryCommands.changeUser(command(), { id: mia }, assign({ userName: 'maria@acme.test' }));
  await directoryCommands.deprovisionUser(command(), { id: tom });
  const recorded = await log.readAll(beforeFirstPosition, 1_000);
  events = recorded.map((event) => eventCodec.decode(event));
});

beforeEach(() => {
  directory = dataDirectory();
});

afterEach(async () => {
  await closeAll();
  directory.remove();
});

/** The view as a process of its own would open it: others may have its files open too. */
async function openView(): Promise<SqliteDirectoryView> {
  const source = sourceLog('sample', log);
  const view = await SqliteDirectoryView.open({ directory: directory.path, registry, log: source });
  opened.push(view);
  return view;
}

/** Few events a transaction, so that there are several. */
const settings = { log, readEvent: eventCodec.decode.bind(eventCodec), batchSize: 4, stopWithinMs: 0 };

/** Carries the log into the target until its end, or until the process crashes. */
async function project(target: ProjectionTarget, frozen?: Promise<void>): Promise<void> {
  const progress = new CheckpointSignal();
  const runner = new ProjectionRunner({ ...settings, target, progress });
  const over = new AbortController();
  const rest = runner.run(over.signal);
  const atEnd = progress.reached(await log.head(), 10_000);
  await Promise.race([atEnd, rest, frozen ?? rest]);
  over.abort();
  await rest;
}

function crashingTarget(target: ProjectionTarget, point: CrashPoint): ProjectionTarget {
  return {
    acquire: () => at(point, () => target.acquire()),
    apply: (batch, move) => at(point, () => target.apply(batch, move)),
  };
}

function at<T>(point: CrashPoint, perform: () => Promise<T>): Promise<T> {
  return point.intercept(undefined as never, perform) as Promise<T>;
}

/** Every point at which the work can be cut short, one after the other, each on files of its own. */
async function atEveryPoint(work: (point: CrashPoint) => Promise<void>, examine: () => Promise<void>): Promise<number> {
  let points = 0;
  for (const kind of crashKinds) {
    for (let call = 0, isReached = true; isReached; call++) {
      const point = new CrashPoint(call, kind);
      await work(point);
      await examine();
      isReached = point.isReached;
      points++;
      await closeAll();
      directory.remove();
      directory = dataDirectory();
    }
  }
  return points;
}

/** Asserts that what is live is the fold of the log as far as it has come. @returns its checkpoint */
async function expectTrue(view: SqliteDirectoryView): Promise<Position> {
  const { checkpoint } = await (await view.liveTarget()).acquire();
  const applied = events.filter(({ position }) => position <= checkpoint);
  expect(await viewSnapshot(view.liveReads, tenantId)).toEqual(foldOfLog(registry, tenantId, applied));
  return checkpoint;
}

describe('a projection that is cut short', () => {
  it('has applied each batch wholly or not at all, and comes to the end of the log at its next start', async () => {
    const points = await atEveryPoint(
      async (point) => {
        const target = await (await openView()).liveTarget();
        await project(crashingTarget(target, point), point.frozen);
      },
      async () => {
        const view = await openView();
        await expectTrue(view);
        await project(await view.liveTarget());
        expect(await expectTrue(view)).toBe(events.at(-1)?.position);
      },
    );
    expect(points).toBeGreaterThanOrEqual(crashKinds.length * (events.length / 4));
  });
});

describe('the end of memberships that is cut short', () => {
  const groups = [idOf('staff'), idOf('guests')];
  let store: InMemoryEventStore;

  /** The log in which somebody has left who was in two groups. */
  async function givenLeaver(): Promise<void> {
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    const commands = directoryOn(store);
    const mia = idOf('mia');
    await commands.provisionUser(command(), mia, { userName: 'mia@acme.test' });
    for (const id of groups) await commands.provisionGroup(command(), id, { displayName: id }, [{ value: mia }]);
    await commands.deprovisionUser(command(), { id: mia });
  }

  const membersOf = async (id: ResourceId) => (await new FoldedMembership(store).all(tenantId, id)).members;

  /** Lets the process hear of what it has not heard of yet. @param on the log as the process reaches it */
  async function endMemberships(on: EventStore): Promise<void> {
    const head = await store.head();
    const view = new CheckpointSignal();
    view.advanced(head);
    const checkpoint = new SqliteProcessCheckpoint({
      file: join(directory.path, 'end.sqlite'),
      log: sourceLog('a', store),
    });
    const reader = {
      groupsWithMember: async (_: unknown, id: string) => {
        const members = await Promise.all(groups.map(membersOf));
        return groups.filter((_group, index) => members[index]?.some(({ value }) => value === id));
      },
      provisionedAmong: async () => new Set<string>(),
    };
    const parts = { commands: directoryOn(on), log: new DirectoryLog(on, eventCodec), reader, view, checkpoint };
    const process = new MembershipEnd({ ...parts, clock: systemClock });
    opened.push(checkpoint);
    const { epoch, checkpoint: from } = await process.acquire();
    const recorded = await store.readAll(from, 1_000);
    // The view has come to `head`; what an earlier process wrote after that is for the next batch.
    const batch = recorded.filter(({ position }) => position <= head).map((event) => eventCodec.decode(event));
    await process.apply(batch, { epoch, from, to: head });
  }

  it('is finished at the next start, and each membership ends once', async () => {
    const points = await atEveryPoint(
      async (point) => {
        await givenLeaver();
        const ending = endMemberships(new InterceptedStore(store, point.intercept)).catch(() => undefined);
        await Promise.race([ending, point.frozen]);
      },
      async () => {
        await endMemberships(store);
        for (const id of groups) expect(await membersOf(id)).toEqual([]);
        const recorded = await store.readAll(beforeFirstPosition, 1_000);
        const ends = recorded.filter(({ metadata }) => metadata['actor'] === 'process:membership-end');
        expect(ends.map(({ stream }) => stream).sort()).toEqual(groups.map((id) => `scim.group-acme.${id}`).sort());
      },
    );
    expect(points).toBeGreaterThanOrEqual(crashKinds.length * 2 * groups.length);
  });
});
