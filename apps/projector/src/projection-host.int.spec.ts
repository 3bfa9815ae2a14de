import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { register } from 'prom-client';
import { GrowingLog, SampleLog, sampleTenants } from '#directory-view/testing';
import { eventCodec } from '#event-catalog';
import {
  beforeFirstPosition,
  EventStoreDamaged,
  EventStoreUnavailable,
  InMemoryEventStore,
  type Position,
  type StreamName,
} from '#event-store';
import { CheckpointSignal, type Halt, HaltsInFolder } from '#projections';
import { InMemoryCatalogue, InMemoryTarget, RestorableLog } from '#projections/testing';
import { type HostedGenerations, type HostedTarget, ProjectionHost } from './projection-host.js';

describe('what a host says of a projection', () => {
  it('is that the log is damaged and how far it can be read, once that is found out', async () => {
    const damage = new EventStoreDamaged('malformed');
    const lines: string[] = [];
    const view = {
      name: 'directory-view',
      target: new InMemoryTarget(),
      log: {
        subscribeAll: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(damage) }) }),
        head: () => Promise.reject(damage),
        readStream: () => Promise.reject(damage),
      },
      readEvent: eventCodec.decode.bind(eventCodec),
      progress: new CheckpointSignal(),
      startedAt: 7n as Position,
    };
    const nothing = () => Promise.resolve();
    const noHalts = { list: async () => [], note: nothing, lift: nothing, close: nothing };
    const logger = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
    const host = new ProjectionHost([view], logger, noHalts);
    const problem = () => host.indicators[0]?.problem();
    expect(problem()).toBe('it is catching up: at position 0 of 7');
    host.onApplicationBootstrap();
    while (/catching up/.test(problem() ?? '')) await new Promise(setImmediate);
    expect(problem()).toMatch(/the log is damaged: after position 0 it cannot be read/);
    expect(lines.join('')).toContain('the log is damaged');
    await host.onApplicationShutdown();
  });
});

describe('what a host writes down of its projections', () => {
  let folder: string;
  let halts: HaltsInFolder;
  let store: InMemoryEventStore;
  let host: ProjectionHost;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'projection-host-'));
    halts = new HaltsInFolder(folder);
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
  });
  afterEach(async () => {
    await host.onApplicationShutdown();
    rmSync(folder, { recursive: true });
  });

  type Carried = Pick<HostedTarget, 'target'> | Pick<HostedGenerations, 'catalogue' | 'lookEveryMs'>;

  function start(
    carried: Carried = { target: new InMemoryTarget() },
    log: HostedTarget['log'] = store,
  ): CheckpointSignal {
    const progress = new CheckpointSignal();
    const view = {
      ...carried,
      name: 'directory-view',
      log,
      readEvent: eventCodec.decode.bind(eventCodec),
      progress,
      startedAt: beforeFirstPosition,
    };
    host = new ProjectionHost([view], pino({ level: 'silent' }), halts);
    host.onApplicationBootstrap();
    return progress;
  }

  /** Waits until so many are written down. */
  async function written(count: number): Promise<readonly Halt[]> {
    for (;;) {
      const list = await halts.list();
      if (list.length === count) return list;
      await new Promise(setImmediate);
    }
  }

  it('is at which event one has stopped', async () => {
    const stream = 'scim.user-acme.mia' as StreamName;
    const events = [{ id: 'an-event', type: 'user.abducted', data: {}, metadata: {} }];
    await store.append([{ stream, expected: 'no-stream', events }]);
    start();
    const [halt] = await written(1);
    expect(halt).toMatchObject({
      projection: 'directory-view',
      kind: 'unreadable',
      event: { id: 'an-event', type: 'user.abducted', position: await store.head() },
      reason: expect.stringContaining('the type is not known'),
    });
  });

  it('is nothing once it runs again', async () => {
    await halts.note({ projection: 'directory-view', kind: 'target', reason: 'odd', since: 0 });
    start();
    expect(await written(0)).toEqual([]);
  });

  it.each(['target', 'catalogue'] as const)(
    'is nothing where the log of a %s is put back to a backup: it is for the next owner',
    async (carried) => {
      const sample = SampleLog.ofUsers(sampleTenants[0], 3);
      const [log, backup] = [new GrowingLog(sample), new GrowingLog(sample)];
      const [head] = [await log.append(), await backup.append(2)];
      const catalogue = new InMemoryCatalogue();
      catalogue.begin('live');
      const restorable = new RestorableLog(log.store);
      const progress = start(
        carried === 'target' ? { target: new InMemoryTarget() } : { catalogue, lookEveryMs: 1 },
        restorable,
      );
      await progress.reached(head, 5_000);
      restorable.restore(backup.store);
      await host.ownershipEnded();
      expect(host.indicators[0]?.problem()).toBe('it has stopped: parted failure, see the log');
      expect(await written(0)).toEqual([]);
    },
  );

  it('is nothing while one waits for a log that is away, which the metrics say', async () => {
    const waits = async () => (await register.getSingleMetric('projection_retrying')?.get())?.values[0]?.value;
    let isAway = true;
    const log: HostedTarget['log'] = {
      head: () => store.head(),
      readStream: (...parameters) => store.readStream(...parameters),
      async *subscribeAll(...parameters) {
        if (isAway) throw new EventStoreUnavailable('away');
        yield* store.subscribeAll(...parameters);
      },
    };
    start({ target: new InMemoryTarget() }, log);
    while ((await waits()) !== 1) await new Promise(setImmediate);
    expect(await halts.list()).toEqual([]);
    isAway = false;
    const stream = 'scim.user-acme.mia' as StreamName;
    const events = [{ id: 'an-event', type: 'user.abducted', data: {}, metadata: {} }];
    await store.append([{ stream, expected: 'no-stream', events }]);
    await written(1);
    expect(await waits()).toBe(0);
  });

  it('is in the metrics how far it has come, but not of one that another process carries on', async () => {
    const shown = async () => {
      const metric = await register.getSingleMetric('projection_checkpoint')?.get();
      return metric?.values.map(({ value }) => value);
    };
    start();
    while ((await shown())?.length !== 1) await new Promise(setImmediate);
    await host.onApplicationShutdown();
    expect(await shown()).toEqual([]);
  });

  it('is nothing once a generation is live in place of one that had stopped', async () => {
    const isFailed = async () => (await register.getSingleMetric('projection_failed')?.get())?.values[0]?.value;
    const sample = new SampleLog();
    sample.provision(sampleTenants[0], 'User', 0, { userName: 'mia' });
    const log = new GrowingLog(sample);
    await log.append();
    const catalogue = new InMemoryCatalogue();
    catalogue.targetOf(catalogue.begin('live')).poison(log.events[0]?.eventId ?? '');
    start({ catalogue, lookEveryMs: 1 }, log.store);
    expect(await written(1)).toMatchObject([{ projection: 'directory-view', kind: 'apply', reason: 'poison' }]);
    expect(await isFailed()).toBe(1);
    catalogue.begin('building');
    expect(await written(0)).toEqual([]);
    expect(await isFailed()).toBe(0);
  });
});
