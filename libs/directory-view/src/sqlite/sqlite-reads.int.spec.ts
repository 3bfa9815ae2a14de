import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from '../sql/sql-text.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryView } from '../testing/temporary-view.js';
import { SqliteConnection } from './sqlite-connection.js';

const [tenant] = sampleTenants;

describe('reads between commits', () => {
  let temporary: TemporaryView;
  let log: SampleLog;
  beforeEach(async () => {
    temporary = await TemporaryView.open();
    log = new SampleLog();
  });
  afterEach(() => temporary.remove());

  async function provision(index: number): Promise<string> {
    const id = log.provision(tenant, 'User', index, { userName: `user-${index}` });
    await temporary.catchUp(log.events);
    return id;
  }

  it.each([0, 1, 2, 3])('see every commit, after %d reads of what was before', async (before) => {
    for (let index = 0; index < 5; index++) {
      const id = await provision(index);
      for (let read = 0; read < before; read++) {
        expect(await temporary.view.reader.find(tenant, 'User', 'nobody')).toBeUndefined();
      }
      expect(await temporary.view.reader.find(tenant, 'User', id)).toMatchObject({ revision: 0 });
    }
  });

  it('hold a snapshot that the next commit ends, so that the write-ahead log can be carried over', async () => {
    await provision(0);
    for (let read = 0; read < 3; read++) await temporary.view.reader.find(tenant, 'User', 'nobody');
    const file = readdirSync(temporary.directory).find((name) => /^view-\d+\.sqlite$/.test(name));
    const other = new SqliteConnection(join(temporary.directory, file ?? ''));
    const [held] = await other.rows<{ busy: number }>(sql`PRAGMA wal_checkpoint(TRUNCATE)`);
    expect(held?.busy).toBe(1);
    await provision(1);
    const [carried] = await other.rows<{ log: number; checkpointed: number }>(sql`
      PRAGMA wal_checkpoint(PASSIVE)`);
    other.close();
    expect(carried?.log).toBeGreaterThan(0);
    expect(carried?.checkpointed).toBe(carried?.log);
  });
});
