import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { InMemoryEventStore, type Position } from '#event-store';
import { eventCodec } from '#event-catalog';
import { CheckpointSignal, OwnershipLostError, ProjectionRunner, TargetUnavailableError } from '#projections';
import { CuttingProxy, OwnPostgresServer, TemporaryDatabase } from '#projections-postgres/testing';
import { isViewFailure } from '../reading/view-failure.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { foldOfLog } from '../testing/fold-of-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { sampleSource } from '../testing/temporary-view.js';
import { viewSnapshot } from '../testing/view-snapshot.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';

const [tenant] = sampleTenants;

describe('writing the view on PostgreSQL', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryPostgresView;

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    temporary = await TemporaryPostgresView.open(database);
  });
  afterEach(() => temporary.remove());

  const { events } = SampleLog.ofUsers(tenant, 3);
  const end = events.at(-1)?.position as Position;
  const expected = foldOfLog(sampleRegistry, tenant, events);
  const dump = () => viewSnapshot(temporary.view.liveReads, tenant);

  it('has what the log says where a batch is sent in several parts', async () => {
    const log = SampleLog.ofUsers(tenant, 300);
    for (let place = 0; place < 300; place += 2) log.deprovision(tenant, 'User', place);
    for (let place = 0; place < 300; place += 4) log.provision(tenant, 'User', place, { userName: `later-${place}` });
    const target = await temporary.view.liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    const middle = log.events[349]?.position as Position;
    const to = log.events.at(-1)?.position as Position;
    const until = (position: Position) => log.events.filter((event) => event.position <= position);
    await target.apply(until(middle), { epoch, from, to: middle });
    await target.apply(log.events.slice(until(middle).length), { epoch, from: middle, to });
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it('is taken over from an owner that stands still within its transaction', async () => {
    const stopped = new pg.Client({ connectionString: database.url });
    let isEnded = false;
    stopped.on('error', () => (isEnded = true));
    await stopped.connect();
    await stopped.query(`BEGIN; UPDATE ${temporary.name}_g1.checkpoint SET position = 5`);
    const target = await temporary.view.liveTarget();
    const began = performance.now();
    expect((await target.acquire()).checkpoint).toBe(0n);
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect(stopped.query('COMMIT')).rejects.toThrow();
    expect(isEnded).toBe(true);
  });

  it('waits for an owner whose transaction is about to end', async () => {
    const target = await temporary.view.liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    const other = await PostgresDirectoryView.open({
      ...{ url: database.url, name: temporary.name, registry: sampleRegistry, log: sampleSource },
    });
    const applying = target.apply(events, { epoch, from, to: end });
    const [, taken] = await Promise.all([applying, other.liveTarget().then((late) => late.acquire())]);
    expect(taken.epoch).toBe(epoch + 1);
    await other.close();
    expect((await target.acquire()).checkpoint).toBe(end);
    expect(await dump()).toEqual(expected);
  });

  it.each([
    ['before it was committed', 'before'],
    ['when it had been committed', 'after'],
  ] as const)('applies a batch once, though the connection ended %s', async (_, when) => {
    const proxy = await CuttingProxy.to(database.url);
    const view = await PostgresDirectoryView.open({
      ...{ url: proxy.url, name: temporary.name, registry: sampleRegistry, log: sampleSource },
    });
    const target = await view.liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    const move = { epoch, from, to: end };
    proxy.cutOnce(when, 'COMMIT');
    await expect(target.apply(events, move)).rejects.toBeInstanceOf(TargetUnavailableError);
    await target.apply(events, move);
    await expect(target.apply(events, move)).rejects.toBeInstanceOf(OwnershipLostError);
    expect(await dump()).toEqual(expected);
    await view.close();
    await proxy.close();
  });

  it('belongs to nobody but the last owner, also where another took over while a commit was of unknown outcome', async () => {
    const proxy = await CuttingProxy.to(database.url);
    const view = await PostgresDirectoryView.open({
      ...{ url: proxy.url, name: temporary.name, registry: sampleRegistry, log: sampleSource },
    });
    const target = await view.liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    const move = { epoch, from, to: end };
    proxy.cutOnce('after', 'COMMIT');
    await expect(target.apply(events, move)).rejects.toBeInstanceOf(TargetUnavailableError);
    await (await temporary.view.liveTarget()).acquire();
    await expect(target.apply(events, move)).rejects.toBeInstanceOf(OwnershipLostError);
    await view.close();
    await proxy.close();
  });
});

describe('a PostgreSQL server that is restarted', () => {
  it('is survived by readers and by the projector, and nothing is applied twice', async () => {
    const server = await OwnPostgresServer.start();
    const log = new InMemoryEventStore();
    const view = await PostgresDirectoryView.open({
      ...{ url: server.url, registry: sampleRegistry, log: sampleSource },
    });
    const stop = new AbortController();
    const progress = new CheckpointSignal({ stallAfterMs: 60_000 });
    const states: string[] = [];
    const runner = new ProjectionRunner({
      ...{ log, progress, readEvent: eventCodec.decode.bind(eventCodec), batchSize: 20, backOff: () => 20 },
      target: await view.liveTarget(),
      observer: { stateChanged: ({ status }) => states.push(status) },
    });
    const running = runner.run(stop.signal);
    const { events } = SampleLog.ofUsers(tenant, 2_000);
    const append = async (from: number, to: number) => {
      for (const { event, eventId, stream, metadata } of events.slice(from, to)) {
        const record = eventCodec.encode(eventId, event, metadata);
        await log.append([{ stream, expected: 'no-stream', events: [record] }]);
      }
      return log.head();
    };
    const before = await append(0, 1_000);
    expect(await progress.reached(before, 30_000)).toBe(true);
    const failures: unknown[] = [];
    const reading = new AbortController();
    const reads = (async () => {
      while (!reading.signal.aborted) {
        await view.reader.find(tenant, 'User', 'user-1').catch((error: unknown) => failures.push(error));
      }
    })();
    const [end] = await Promise.all([append(1_000, 2_000), server.restart()]);
    expect(await progress.reached(end, 30_000)).toBe(true);
    reading.abort();
    await reads;
    expect(failures.filter((error) => !isViewFailure(error))).toEqual([]);
    expect(failures.length).toBeGreaterThan(0);
    expect(states).toContain('retrying');
    expect(await view.reader.find(tenant, 'User', 'user-1')).toBeDefined();
    const applied = events.map((event, index) => ({ ...event, position: BigInt(index + 1) as Position }));
    const expected = foldOfLog(sampleRegistry, tenant, applied);
    expect(await viewSnapshot(view.liveReads, tenant)).toEqual(expected);
    stop.abort();
    await running;
    await view.close();
    await server.stop();
  });
});
