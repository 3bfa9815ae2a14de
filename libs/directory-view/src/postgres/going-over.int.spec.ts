import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointSignal } from '#projections';
import { PostgresCheckpointFeed, PostgresLease } from '#projections-postgres';
import { sourceLog } from '#projections/testing';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { SchemaRegistry } from '#scim-protocol';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { codeVersionOf } from '../tables/code-version.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { foldOfLog } from '../testing/fold-of-log.js';
import { GrowingLog, KeptView } from '../testing/kept-view.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { sampleSource } from '../testing/temporary-view.js';
import { viewSnapshot } from '../testing/view-snapshot.js';
import { FollowedDirectoryView } from './followed-directory-view.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';
import { viewLeaseOf } from './projector-names.js';

const [tenant] = sampleTenants;
const patience = 20_000;
/** Of a release that shapes the rows otherwise. */
const otherRegistry = new SchemaRegistry([
  {
    resourceType: 'User',
    schema: { id: 'urn:example:badge', name: 'Badge', description: '', attributes: [] },
    required: false,
  },
]);

/** An ingress node, as far as the view is concerned. */
class Node {
  readonly progress = new CheckpointSignal({ stallAfterMs: 60_000 });
  readonly view: FollowedDirectoryView;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  readonly #problems: (string | undefined)[] = ['unknown'];
  #problemChanged = Promise.withResolvers<void>();

  constructor({ database, name }: TemporaryPostgresView, registry: SchemaRegistry) {
    const { url } = database;
    const problemChanged = (problem: string | undefined) => {
      this.#problems.push(problem);
      this.#problemChanged.resolve();
      this.#problemChanged = Promise.withResolvers();
    };
    this.view = new FollowedDirectoryView({
      ...{ url, name, registry, logIdentity: sampleSource.identity, problemChanged },
    });
    const options = { url, source: this.view, progress: this.progress, lookEveryMs: 50 };
    this.#running = new PostgresCheckpointFeed(options).run(this.#stop.signal);
  }

  /** Resolves when it reads the view. */
  reads(): Promise<void> {
    return this.says(undefined);
  }

  /** Resolves when that keeps it from reading the view. */
  async says(problem: string | undefined): Promise<void> {
    while (this.#problems.at(-1) !== problem) await this.#problemChanged.promise;
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.view.close();
  }
}

describe('nodes that go over from one generation to the next', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryPostgresView;
  let log: GrowingLog;
  /** Ends what a test has begun, the last first. */
  let begun: AsyncDisposableStack;

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    begun = new AsyncDisposableStack();
    temporary = await TemporaryPostgresView.open(database);
    begun.defer(() => temporary.remove());
    log = new GrowingLog(SampleLog.ofUsers(tenant, 400));
  });
  afterEach(() => begun.disposeAsync());

  async function holdLease(registry: SchemaRegistry): Promise<PostgresLease> {
    const lease = new PostgresLease({ url: database.url, name: viewLeaseOf(registry), lastsMs: 60_000 });
    begun.defer(() => lease.close());
    begun.defer(() => lease.release());
    expect(await lease.claim()).toBe(true);
    return lease;
  }
  function keepUp({ catalogue }: PostgresDirectoryView): KeptView {
    const kept = new KeptView(catalogue, log.store);
    begun.defer(async () => void (await kept.end()));
    return kept;
  }
  function node(registry = sampleRegistry): Node {
    const one = new Node(temporary, registry);
    begun.defer(() => one.end());
    return one;
  }
  async function openOther(): Promise<PostgresDirectoryView> {
    const { name } = temporary;
    const view = await PostgresDirectoryView.open({
      ...{ url: database.url, name, registry: otherRegistry, log: sampleSource },
    });
    begun.defer(() => view.close());
    return view;
  }

  /** Waits until somebody has such a lock of a table, or waits for it. */
  async function untilLocked(table: string, lock: { readonly mode: string; readonly granted: boolean }): Promise<void> {
    const select = `
      SELECT 1 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.relation = to_regclass($1) AND l.mode = $2 AND l.granted = $3`;
    const locks = () => database.execute(select, [table, lock.mode, lock.granted]);
    while ((await locks()).length === 0) await new Promise(setImmediate);
  }

  /**
   * Writes on each node in turn, so often at the least, and looks on every one for what was answered.
   *
   * @param done goes on until then.
   */
  async function expectNothingStale(nodes: readonly Node[], least: number, done?: Promise<unknown>): Promise<void> {
    let isDone = done === undefined;
    const ending = done?.finally(() => (isDone = true));
    for (let write = 0; write < least || !isDone; write++) {
      const position = await log.append(1);
      const { event } = log.events.at(-1) as (typeof log.events)[number];
      if (event.type !== 'UserProvisioned') throw new Error('The sample has users only.');
      const here = nodes[write % nodes.length] as Node;
      expect(await here.progress.reached(position, patience)).toBe(true);
      for (const there of nodes) {
        const found = await there.view.reader.find(tenant, 'User', event.data.userId);
        expect({ write, there: nodes.indexOf(there), found: found?.revision }).toMatchObject({ found: 0 });
      }
    }
    await ending;
  }

  it('show on each what was answered on any other, however often the view is built again', async () => {
    await holdLease(sampleRegistry);
    await log.append(100);
    const kept = keepUp(temporary.view);
    const nodes = [node(), node(), node()];
    await Promise.all(nodes.map((one) => one.reads()));
    const rebuilding = async () => {
      for (let flips = 1; flips <= 3; flips++) {
        await temporary.administration.requestRebuild();
        await kept.flips(flips);
      }
    };
    await expectNothingStale(nodes, 20, rebuilding());
    expect(await viewSnapshot(temporary.view.liveReads, tenant)).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it('may be of two releases: each reads the generation of its own, and an older one may be dropped when it has gone', async () => {
    const oldLease = await holdLease(sampleRegistry);
    await log.append(100);
    keepUp(temporary.view);
    const [first, second] = [node(), node()];
    await Promise.all([first.reads(), second.reads()]);
    await holdLease(otherRegistry);
    const next = keepUp(await openOther());
    await expectNothingStale([first, second], 20, next.flips(1));
    const upgraded = node(otherRegistry);
    await upgraded.reads();
    await expectNothingStale([first, second, upgraded], 30);
    const states = async () => (await temporary.administration.status()).map(({ state }) => state);
    expect(await states()).toEqual(['live', 'live']);
    expect(await temporary.administration.drop(1)).toEqual({ outcome: 'live' });
    await oldLease.release();
    expect(await temporary.administration.drop(2)).toEqual({ outcome: 'live' });
    expect(await temporary.administration.drop(1)).toEqual({ outcome: 'dropped' });
    await expectNothingStale([upgraded], 20);
  });

  it('stop to wait for a generation of a release that nobody keeps up any more', async () => {
    const oldLease = await holdLease(sampleRegistry);
    await log.append(10);
    const former = keepUp(temporary.view);
    await holdLease(otherRegistry);
    await keepUp(await openOther()).flips(1);
    const [old, upgraded] = [node(), node(otherRegistry)];
    await Promise.all([old.reads(), upgraded.reads()]);
    await oldLease.release();
    await former.end();
    expect(await upgraded.progress.reached(await log.append(1), patience)).toBe(true);
    await old.says('nobody keeps it up');
  });

  it('do not go back to one of a release that has none live any more', async () => {
    const { view, administration } = temporary;
    await administration.requestRebuild();
    await view.catalogue.target(2);
    await view.catalogue.makeLive(2);
    await holdLease(otherRegistry);
    const { catalogue } = await openOther();
    await catalogue.target(3);
    await catalogue.makeLive(3);
    expect(await administration.drop(2)).toEqual({ outcome: 'dropped' });
    expect(await administration.requestReturn(1)).toEqual({ outcome: 'foreign' });
    expect((await administration.status()).map(({ state }) => state)).toEqual(['retired', 'dropped', 'live']);
  });

  it('go on while one is dropped whose rows somebody still reads', async () => {
    await log.append(10);
    await holdLease(otherRegistry);
    await keepUp(await openOther()).flips(1);
    const upgraded = node(otherRegistry);
    await upgraded.reads();
    const rows = `${temporary.name}_g1.checkpoint`;
    const read = `DO $$ BEGIN LOCK TABLE ${rows} IN ACCESS SHARE MODE; PERFORM pg_sleep(60); END $$`;
    const reading = database.execute(read).catch(() => undefined);
    await untilLocked(rows, { mode: 'AccessShareLock', granted: true });
    const dropping = temporary.administration.drop(1);
    await untilLocked(rows, { mode: 'AccessExclusiveLock', granted: false });
    await expectNothingStale([upgraded], 20);
    expect((await temporary.administration.status()).map(({ state }) => state)).toEqual(['dropped', 'live']);
    await database.endConnections('test operator');
    await reading;
    expect(await dropping).toEqual({ outcome: 'dropped' });
    expect(await database.execute('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [rows])).toEqual([]);
  });

  it('see one that comes back beside another only when it is as far as that again', async () => {
    await holdLease(sampleRegistry);
    const otherLease = await holdLease(otherRegistry);
    await log.append(10);
    await keepUp(temporary.view).progress.reached(await log.store.head(), patience);
    await keepUp(await openOther()).flips(1);
    const { name } = temporary;
    const back = await PostgresDirectoryView.open({
      ...{ url: database.url, name, registry: sampleRegistry, log: sourceLog(sampleSource.identity, log.store) },
    });
    begun.defer(() => back.close());
    const states = async () => (await temporary.administration.status()).map(({ state }) => state);
    expect(await states()).toEqual(['building', 'live']);
    await keepUp(back).flips(1);
    expect(await states()).toEqual(['live', 'live']);
    await otherLease.release();
    expect(await temporary.administration.requestRebuild()).toEqual({ outcome: 'asked', number: 3 });
    expect((await temporary.administration.status())[2]?.codeVersion).toBe(codeVersionOf(sampleRegistry));
    expect(await temporary.administration.drop(2)).toEqual({ outcome: 'dropped' });
  });
});
