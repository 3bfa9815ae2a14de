import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { PostgresDirectoryView, readPostgresGenerations, viewLeaseOf } from '#directory-view';
import { GrowingLog, SampleLog, sampleRegistry, sampleTenants } from '#directory-view/testing';
import { EventStoreUnavailable, type Position, type StreamName } from '#event-store';
import type { Lease } from '#projections';
import { sourceLog } from '#projections/testing';
import { PostgresLease } from '#projections-postgres';
import { CuttingProxy, TemporaryDatabase } from '#projections-postgres/testing';
import { SchemaRegistry } from '#scim-protocol';
import type { ProjectionHost } from '../projection-host.js';
import { keepUpView } from './keep-up-view.js';
import type { ReadView } from './membership-end-projection.js';

const [tenant] = sampleTenants;
const otherRegistry = new SchemaRegistry([
  {
    resourceType: 'User',
    schema: { id: 'urn:example:badge', name: 'Badge', description: '', attributes: [] },
    required: false,
  },
]);
/** Nobody else wants it. */
const lease: Lease = { lastsMs: 60_000, claim: async () => true, release: async () => undefined };

describe('a view that is kept up', () => {
  let database: TemporaryDatabase;
  let log: GrowingLog;
  let over: AbortController;
  let begun: PromiseWithResolvers<ReadView>;
  /** What is done with the view, until told to end. */
  let meanwhile: PromiseWithResolvers<void>;
  let keeping: Promise<void>;

  beforeEach(async () => {
    database = await TemporaryDatabase.create();
    log = new GrowingLog(SampleLog.ofUsers(tenant, 9));
    over = new AbortController();
    meanwhile = Promise.withResolvers();
  });
  afterEach(async () => {
    over.abort();
    meanwhile.resolve();
    await keeping;
    await database.drop();
  });

  function keepUp(url = database.url): Promise<ReadView> {
    begun = Promise.withResolvers();
    const options = {
      ...{ store: Object.assign(log.store, { identity: 'a-log' }), database: url, registry: sampleRegistry },
      cutOff: { askEveryMs: 5, patienceMs: 100 },
      ...{ kafka: undefined, logger: pino({ level: 'silent' }), running: new Set<ProjectionHost>(), lease },
      meanwhile: (view: ReadView) => {
        begun.resolve(view);
        return meanwhile.promise;
      },
    };
    keeping = keepUpView(options, over.signal);
    return begun.promise;
  }

  function openView(registry: SchemaRegistry): Promise<PostgresDirectoryView> {
    const source = sourceLog('a-log', log.store);
    return PostgresDirectoryView.open({ url: database.url, registry, log: source });
  }
  /** Has a release with other schemas its live generation beside this one's, and kept up. */
  async function makeAnotherLive(): Promise<void> {
    const other = await openView(otherRegistry);
    await other.catalogue.target(2);
    expect(await other.catalogue.makeLive(2)).toEqual({ outcome: 'live' });
    await other.close();
    const kept = new PostgresLease({ url: database.url, name: viewLeaseOf(otherRegistry), lastsMs: 60_000 });
    expect(await kept.claim()).toBe(true);
    await kept.close();
  }
  async function untilItIsAt(position: Position, { progress }: ReadView): Promise<void> {
    while (!progress.hasReached(position)) await progress.changed();
  }
  async function untilItStandsStill({ progress }: ReadView): Promise<void> {
    while (!progress.stalled) await progress.changed();
  }

  it('stands still as soon as the lease has ended, though what is done with it takes its time to end', async () => {
    const view = await keepUp();
    const applied = await log.append(3);
    await untilItIsAt(applied, view);
    over.abort();
    await untilItStandsStill(view);
    await log.append();
    meanwhile.resolve();
    await keeping;
    expect(await readPostgresGenerations(database.url)).toMatchObject([{ state: 'live', checkpoint: applied }]);
  });

  it('is left within seconds though the server does not answer what was written last', async () => {
    const proxy = await CuttingProxy.to(database.url);
    const view = await keepUp(proxy.url);
    await untilItIsAt(await log.append(3), view);
    const silent = proxy.silenceOnce('UPDATE checkpoint');
    await log.append();
    await silent;
    const began = performance.now();
    over.abort();
    meanwhile.resolve();
    await keeping;
    expect(performance.now() - began).toBeLessThan(20_000);
    await proxy.close();
  });

  it('is given up where the log does not answer any more: another process may reach it', async () => {
    const view = await keepUp();
    await untilItIsAt(await log.append(3), view);
    log.store.head = () => Promise.reject(new EventStoreUnavailable('away'));
    meanwhile.resolve();
    await keeping;
    expect(over.signal.aborted).toBe(false);
  });

  it('is given up where its database went back and nothing is written: whoever takes it over brings it to where it was', async () => {
    const view = await keepUp();
    await untilItIsAt(await log.append(3), view);
    await database.save();
    const end = await log.append(3);
    await untilItIsAt(end, view);
    await database.goBack();
    meanwhile.resolve();
    await keeping;
    expect(over.signal.aborted).toBe(false);
    await untilItIsAt(end, await keepUp());
    expect(await readPostgresGenerations(database.url)).toMatchObject([{ state: 'live', checkpoint: end }]);
  });

  it('is given up where it has stopped at an event and another release waits for it', async () => {
    const view = await keepUp();
    await untilItIsAt(await log.append(3), view);
    const abducted = { id: 'an-event', type: 'user.abducted', data: {}, metadata: {} };
    await log.store.append([{ stream: 'scim.user-acme.mia' as StreamName, expected: 'no-stream', events: [abducted] }]);
    await untilItStandsStill(view);
    meanwhile.resolve();
    await makeAnotherLive();
    await keeping;
    await (await openView(sampleRegistry)).close();
    expect(await readPostgresGenerations(database.url)).toMatchObject([{ state: 'building' }, { state: 'live' }]);
  });
});
