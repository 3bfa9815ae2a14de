import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SchemaRegistry } from '#scim-protocol';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { catchUp } from '../testing/catch-up.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryView } from '../testing/temporary-view.js';
import { viewSnapshot } from '../testing/view-snapshot.js';

const [tenant] = sampleTenants;
const badge = { id: 'urn:example:badge', name: 'Badge', description: '', attributes: [] };
const otherRegistry = new SchemaRegistry([{ resourceType: 'User', schema: badge, required: false }]);

describe('the files of a SQLite view', () => {
  let temporary: TemporaryView;
  beforeEach(async () => {
    temporary = await TemporaryView.open();
  });
  afterEach(() => temporary.remove());

  const states = async () => (await temporary.view.catalogue.list()).map(({ state }) => state);
  const dump = () => viewSnapshot(temporary.view.liveReads, tenant);

  it.each(['view-1.sqlite', 'view-generations.sqlite'])('is built again where %s is damaged', async (file) => {
    const log = new SampleLog();
    log.provision(tenant, 'User', 0, { userName: 'Ann' });
    await temporary.catchUp(log.events);
    const before = await dump();
    temporary.view.close();
    writeFileSync(join(temporary.directory, file), 'not a database, but long enough to have a header'.repeat(100));
    await temporary.reopen();
    expect(temporary.view.isDamaged).toBe(false);
    expect((await dump()).resource).toEqual([]);
    await temporary.catchUp(log.events);
    expect(await dump()).toEqual(before);
  });

  it('go with their generation', async () => {
    const { view, administration } = temporary;
    const { number } = (await administration.requestRebuild()) as { number: number };
    await view.catalogue.target(number);
    await view.catalogue.makeLive(number);
    expect(readdirSync(temporary.directory)).toContain('view-1.sqlite');
    expect(await administration.drop(1)).toEqual({ outcome: 'dropped' });
    expect(readdirSync(temporary.directory)).not.toContain('view-1.sqlite');
  });

  it('are not made live that another process drops in the moment of the flip', async () => {
    const log = new SampleLog();
    log.provision(tenant, 'User', 0, { userName: 'Ann' });
    await temporary.catchUp(log.events);
    const { view, administration } = temporary;
    const { catalogue } = view;
    const { number } = (await administration.requestRebuild()) as { number: number };
    const target = await catalogue.target(number);
    expect(await catalogue.makeLive(number)).toMatchObject({ outcome: 'behind' });
    await catchUp(target, log.events, 256);
    // Each does what it does up to the first answer it waits for.
    const [flip, dropped] = await Promise.all([catalogue.makeLive(number), administration.drop(number)]);
    expect(dropped).toEqual({ outcome: 'dropped' });
    expect(flip).toEqual({ outcome: 'not-building', state: 'dropped' });
    expect(await states()).toEqual(['live', 'dropped']);
    expect((await dump()).resource).toHaveLength(1);
  });

  it('are built again by code with other schemas, in place of those it cannot read', async () => {
    await temporary.reopen(otherRegistry);
    expect(await states()).toEqual(['dropped', 'live']);
  });

  it('do not come back that are of other schemas', async () => {
    const { view, administration } = temporary;
    await administration.requestRebuild();
    await view.catalogue.target(2);
    await view.catalogue.makeLive(2);
    await temporary.reopen(otherRegistry);
    expect(await states()).toEqual(['retired', 'dropped', 'live']);
    expect(await administration.requestReturn(1)).toEqual({ outcome: 'foreign' });
    expect(await states()).toEqual(['retired', 'dropped', 'live']);
  });
});
