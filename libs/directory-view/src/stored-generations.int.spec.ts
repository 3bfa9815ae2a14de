import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { readPostgresGenerations } from './postgres/read-postgres-generations.js';
import { readSqliteGenerations } from './sqlite/read-sqlite-generations.js';
import { sampleTenants } from './testing/arbitrary-log.js';
import { SampleLog } from './testing/sample-log.js';
import { TemporaryPostgresView } from './testing/temporary-postgres-view.js';
import { TemporaryView } from './testing/temporary-view.js';
import { describeViews, type ViewUnderTest } from './testing/view-engines.js';

const [tenant] = sampleTenants;

describeViews('the generations of a view that is open elsewhere', (engine) => {
  let temporary: ViewUnderTest;
  beforeEach(async () => {
    temporary = await engine.open();
  });
  afterEach(() => temporary.remove());

  it('are told with their checkpoints', async () => {
    const log = new SampleLog();
    log.provision(tenant, 'User', 0, { userName: 'ann' });
    await temporary.catchUp(log.events);
    await temporary.administration.requestRebuild();
    expect(await temporary.administration.status()).toMatchObject([
      { number: 1, state: 'live', checkpoint: log.events[0]?.position },
      { number: 2, state: 'building', checkpoint: undefined },
    ]);
    await temporary.administration.drop(2);
    expect(await temporary.administration.status()).toMatchObject([
      { number: 1, state: 'live' },
      { number: 2, state: 'dropped', checkpoint: undefined },
    ]);
  });
});

describe('the generations of a view that was never opened', () => {
  it('are none, and no file is made', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'no-view-'));
    expect(await readSqliteGenerations(directory)).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it('are none in a database without it', async () => {
    const database = await TemporaryDatabase.create();
    expect(await readPostgresGenerations(database.url)).toEqual([]);
    await database.drop();
  });
});

describe('a generation whose rows are gone', () => {
  it('has no checkpoint in a database', async () => {
    const database = await TemporaryDatabase.create();
    const { name, view } = await TemporaryPostgresView.open(database);
    await view.close();
    await database.execute(`DROP SCHEMA ${name}_g1 CASCADE`);
    expect(await readPostgresGenerations(database.url, name)).toMatchObject([{ state: 'live', checkpoint: undefined }]);
    await database.drop();
  });

  it('has no checkpoint in a folder', async () => {
    const { directory, view } = await TemporaryView.open();
    view.close();
    for (const name of readdirSync(directory)) if (name.startsWith('view-1.')) rmSync(join(directory, name));
    expect(await readSqliteGenerations(directory)).toMatchObject([{ state: 'live', checkpoint: undefined }]);
    rmSync(directory, { recursive: true });
  });
});
