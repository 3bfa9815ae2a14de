import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { PostgresDirectoryView, projectorNames } from '#directory-view';
import { GrowingLog, KeptView, SampleLog, sampleRegistry, sampleTenants } from '#directory-view/testing';
import { openPostgresRelayLedger } from '#event-relay';
import type { CheckpointMove, Ownership } from '#projections';
import { PostgresProcessCheckpoint } from '#projections-postgres';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { beginTerm, type Term } from './term.js';

const [tenant] = sampleTenants;

describe('a term that begins where a former owner has left off', () => {
  let database: TemporaryDatabase;
  let resources: AsyncDisposableStack;
  let log: GrowingLog;
  let warnings: string[];

  beforeEach(async () => {
    database = await TemporaryDatabase.create();
    resources = new AsyncDisposableStack();
    resources.defer(() => database.drop());
    log = new GrowingLog(SampleLog.ofUsers(tenant, 9));
    warnings = [];
  });
  afterEach(() => resources.disposeAsync());

  async function begin(on = log): Promise<Term> {
    const store = Object.assign(on.store, { identity: 'a-log' });
    const logger = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
    const options = { store, database: database.url, registry: sampleRegistry, kafka: undefined, logger };
    return beginTerm(options, resources, new Set());
  }
  async function openView(term: Term): Promise<PostgresDirectoryView> {
    const view = await PostgresDirectoryView.open({
      ...{ url: database.url, registry: sampleRegistry },
      ...term.source('directory-view'),
    });
    return resources.adopt(view, (opened) => opened.close());
  }
  function openCheckpoint(term: Term): PostgresProcessCheckpoint {
    const { membershipEnd: name } = projectorNames;
    const checkpoint = new PostgresProcessCheckpoint({ url: database.url, name, ...term.source('membership-end') });
    return resources.adopt(checkpoint, (opened) => opened.close());
  }
  function openLedger(term: Term) {
    const { log: source } = term.source('relay');
    return resources.adopt(openPostgresRelayLedger({ url: database.url, log: source }), (ledger) => ledger.close());
  }

  /** Carries the log into the view once it has grown. */
  async function applyAll({ catalogue }: PostgresDirectoryView): Promise<void> {
    const head = await log.append();
    const kept = new KeptView(catalogue, log.store);
    expect(await kept.progress.reached(head, 20_000)).toBe(true);
    await kept.end();
  }

  it('keeps the live generation, though its owner came further than the log was when the term began', async () => {
    await log.append(3);
    const former = await openView(await begin());
    const term = await begin();
    await applyAll(former);
    const next = await openView(term);
    expect(await next.catalogue.list()).toMatchObject([{ number: 1, state: 'live' }]);
    expect(warnings).toEqual([]);
  });

  it('throws the live generation away where the log was restored from a backup', async () => {
    await applyAll(await openView(await begin()));
    const restored = new GrowingLog(SampleLog.ofUsers(tenant, 9));
    await restored.append(3);
    const next = await openView(await begin(restored));
    expect(await next.catalogue.list()).toMatchObject([{ state: 'dropped' }, { state: 'live' }]);
    expect(warnings).toEqual([expect.stringContaining('beyond the end of the log at 3')]);
  });

  it('goes on with a process and with the relay from where their owner came to since', async () => {
    await log.append(3);
    const first = await begin();
    const term = await begin();
    const to = await log.append();
    const [formerCheckpoint, formerLedger] = [openCheckpoint(first), openLedger(first)];
    await formerCheckpoint.move({ ...from(await formerCheckpoint.acquire()), to });
    await formerLedger.move({ ...from(await formerLedger.acquire()), to }, []);
    expect((await openCheckpoint(term).acquire()).checkpoint).toBe(to);
    expect((await openLedger(term).acquire()).checkpoint).toBe(to);
    expect(warnings).toEqual([]);
  });
});

function from({ epoch, checkpoint }: Ownership): Pick<CheckpointMove, 'epoch' | 'from'> {
  return { epoch, from: checkpoint };
}
