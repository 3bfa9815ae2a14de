import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { type CheckpointFeedState, PostgresCheckpointFeed, PostgresLease } from '#projections-postgres';
import { CuttingProxy, TemporaryDatabase } from '#projections-postgres/testing';
import { SchemaRegistry } from '#scim-protocol';
import { isViewFailure } from '../reading/view-failure.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { sampleSource } from '../testing/temporary-view.js';
import { viewLeaseOf } from './projector-names.js';
import { FollowedDirectoryView, type FollowedDirectoryViewOptions } from './followed-directory-view.js';

const [tenant] = sampleTenants;
const patience = 10_000;
const otherSchemas = new SchemaRegistry([
  {
    resourceType: 'User',
    schema: { id: 'urn:example:badge', name: 'Badge', description: '', attributes: [] },
    required: false,
  },
]);

/** A process beside the projector's: what it reads, and how it hears how far the view has come. */
class Reading {
  readonly progress = new CheckpointSignal({ stallAfterMs: 60_000 });
  readonly states: CheckpointFeedState['status'][] = [];
  readonly view: FollowedDirectoryView;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: FollowedDirectoryViewOptions, lookEveryMs: number) {
    this.view = new FollowedDirectoryView(options);
    const feed = new PostgresCheckpointFeed({
      url: options.url,
      source: this.view,
      progress: this.progress,
      lookEveryMs,
      observer: { stateChanged: ({ status }) => this.states.push(status) },
      backOff: () => 5,
    });
    this.#running = feed.run(this.#stop.signal);
  }

  async untilState(status: CheckpointFeedState['status']): Promise<void> {
    while (this.states.at(-1) !== status) await this.progress.changed();
  }

  // Where it is known already that nothing can be read, the reader throws at once.
  async find(id: string) {
    return this.view.reader.find(tenant, 'User', id);
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.view.close();
  }
}

describe('a view that another process builds', () => {
  let database: TemporaryDatabase;
  let built: TemporaryPostgresView;
  let log: SampleLog;
  const readings: Reading[] = [];

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    built = await TemporaryPostgresView.open(database);
    log = new SampleLog();
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.end()));
    await built.remove();
  });

  const followed = () => ({
    url: database.url,
    name: built.name,
    registry: sampleRegistry,
    logIdentity: sampleSource.identity,
    readsUnattended: true,
  });
  function follow(changes: Partial<FollowedDirectoryViewOptions> = {}, lookEveryMs = 60_000): Reading {
    const reading = new Reading({ ...followed(), ...changes }, lookEveryMs);
    readings.push(reading);
    return reading;
  }
  async function provision(): Promise<{ id: string; position: Position }> {
    const index = log.events.length;
    const id = log.provision(tenant, 'User', index, { userName: `user-${index}` });
    await built.catchUp(log.events);
    return { id, position: log.events.at(-1)?.position as Position };
  }

  it('shows a write to every process that waits for it', async () => {
    const processes = [follow(), follow(), follow()];
    await Promise.all(processes.map((reading) => reading.untilState('alive')));
    for (let write = 0; write < 5; write++) {
      const { id, position } = await provision();
      for (const reading of processes) {
        expect(await reading.progress.reached(position, patience)).toBe(true);
        expect(await reading.find(id)).toMatchObject({ revision: 0 });
      }
    }
  });

  it('is looked at every now and then, should a notification be lost', async () => {
    const reading = follow({}, 20);
    await reading.untilState('alive');
    await database.execute(`UPDATE ${built.name}_g1.checkpoint SET position = 77`);
    expect(await reading.progress.reached(77n as Position, patience)).toBe(true);
  });

  it('is heard of again after the connection was lost', async () => {
    const reading = follow();
    await reading.untilState('alive');
    const { position: before } = await provision();
    expect(await reading.progress.reached(before, patience)).toBe(true);
    await database.endConnections('%listener');
    await reading.untilState('away');
    expect(reading.progress.stalled).toBe(true);
    expect(reading.view.problem).toBe('the database cannot be asked');
    await reading.untilState('alive');
    expect(reading.view.problem).toBeUndefined();
    const { position } = await provision();
    expect(await reading.progress.reached(position, patience)).toBe(true);
    expect(reading.progress.stalled).toBe(false);
  });

  it('is left within seconds though a read of it is not answered', async () => {
    const proxy = await CuttingProxy.to(database.url);
    const reading = follow({ url: proxy.url });
    await reading.untilState('alive');
    const { id } = await provision();
    const silent = proxy.silenceOnce('resource');
    const finding = reading.find(id).catch(isViewFailure);
    await silent;
    const began = performance.now();
    await reading.end();
    expect(performance.now() - began).toBeLessThan(20_000);
    await proxy.close();
    expect(await finding).toBe(true);
  });

  it('is not waited for while nobody holds the lease to build it', async () => {
    const lease = new PostgresLease({ url: database.url, name: viewLeaseOf(sampleRegistry), lastsMs: 60_000 });
    const reading = follow({ readsUnattended: false }, 20);
    await reading.untilState('unattended');
    expect(reading.progress.stalled).toBe(true);
    await lease.claim();
    await reading.untilState('alive');
    expect(reading.progress.stalled).toBe(false);
    await lease.release();
    await reading.untilState('unattended');
    await lease.close();
  });

  it('is read in its new generation after a flip, and never goes back', async () => {
    const reading = follow();
    await reading.untilState('alive');
    const { id, position } = await provision();
    expect(await reading.progress.reached(position, patience)).toBe(true);
    const { catalogue } = built.view;
    const { number } = (await built.administration.requestRebuild()) as { number: number };
    const target = await catalogue.target(number);
    const { epoch, checkpoint: from } = await target.acquire();
    await target.apply(log.events, { epoch, from, to: position });
    expect(reading.progress.current).toBe(position);
    expect(await catalogue.makeLive(number)).toEqual({ outcome: 'live' });
    // Nobody keeps up the one before, so nobody may wait for it.
    expect(await built.administration.drop(1)).toEqual({ outcome: 'dropped' });
    const later = await provision();
    expect(await reading.progress.reached(later.position, patience)).toBe(true);
    expect(await reading.find(id)).toBeDefined();
    expect(await reading.find(later.id)).toBeDefined();
  });

  it('shows nothing older than it has shown where its database goes back, and is read again once it has come there', async () => {
    const reading = follow({}, 20);
    await provision();
    await reading.untilState('alive');
    await database.save();
    const { id, position } = await provision();
    while (!reading.progress.hasReached(position)) await reading.progress.changed();
    await database.goBack();
    const shown = new Set<boolean>();
    const caughtUp = reading.untilState('unreadable').then(() => built.catchUp(log.events));
    let isOver = false;
    void caughtUp.then(() => reading.untilState('alive')).then(() => (isOver = true));
    while (!isOver) {
      const reads = Array.from({ length: 20 }, () => reading.find(id).then(Boolean, isViewFailure));
      for (const isRight of await Promise.all(reads)) shown.add(isRight);
      await nextTurn();
    }
    expect(shown).toEqual(new Set([true]));
    expect(await reading.find(id)).toBeDefined();
  });

  it('shows nothing older than it has shown before anybody has noticed that its database went back', async () => {
    const view = new FollowedDirectoryView(followed());
    await provision();
    await database.save();
    const { id, position } = await provision();
    expect(await view.current((text, values) => database.execute(text, values))).toBe(position);
    await database.goBack();
    const failure: unknown = await view.reader.find(tenant, 'User', id).catch((error: unknown) => error);
    expect(isViewFailure(failure)).toBe(true);
    await built.catchUp(log.events);
    expect(await view.reader.find(tenant, 'User', id)).toBeDefined();
    await view.close();
  });

  it.each([
    ['for other schemas', { registry: otherSchemas }, /this release reads/],
    ['from another log', { logIdentity: 'another' }, /another log/],
    ['not at all yet', { name: 'never_built' }, /not known yet/],
  ])('counts as away where it is built %s', async (_, changes, reason) => {
    const reading = follow(changes);
    await reading.untilState('unreadable');
    expect(reading.view.problem).toMatch(reason);
    const failure = await Promise.resolve()
      .then(() => reading.find('somebody'))
      .catch((error: unknown) => error);
    expect(isViewFailure(failure)).toBe(true);
  });

  it('counts as away while it is built again, and then shows what it had shown', async () => {
    let readable = Promise.withResolvers<void>();
    const problemChanged = (problem: string | undefined) => {
      if (problem === undefined) readable.resolve();
      else readable = Promise.withResolvers();
    };
    const reading = follow({ problemChanged }, 20);
    await reading.untilState('alive');
    const { id, position } = await provision();
    expect(await reading.progress.reached(position, patience)).toBe(true);
    await database.execute(`DROP SCHEMA ${built.name}_g1 CASCADE`);
    const failure = await reading.find(id).catch((error: unknown) => error);
    expect(isViewFailure(failure)).toBe(true);
    const reasons: string[] = [];
    await built.reopen(sampleRegistry, sampleSource, (reason) => reasons.push(reason));
    expect(reasons).toEqual(['its tables are gone']);
    await reading.untilState('unreadable');
    await built.catchUp(log.events);
    await reading.untilState('alive');
    // A move may be heard of before the catalogue is looked at again.
    await readable.promise;
    expect(await reading.find(id)).toBeDefined();
  });
});
