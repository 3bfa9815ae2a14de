import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { PostgresCheckpointFeed, PostgresLease } from '#projections-postgres';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { sql } from '../sql/sql-text.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { catchUp } from '../testing/catch-up.js';
import { SampleLog } from '../testing/sample-log.js';
import { sampleSource } from '../testing/temporary-view.js';
import { FollowedDirectoryView } from './followed-directory-view.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';
import { viewLeaseOf } from './projector-names.js';

const [tenant] = sampleTenants;

/** As docs/postgresql.md says that they are to be given. */
const grants = (database: string, projector: string, ingress: string) => `
  GRANT CREATE ON DATABASE ${database} TO ${projector};
  GRANT CONNECT ON DATABASE ${database} TO ${ingress};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT USAGE ON SCHEMAS TO ${ingress};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT SELECT ON TABLES TO ${ingress}`;

describe('roles of their own for the projector and the ingress', () => {
  let database: TemporaryDatabase;
  let roles: readonly [projector: string, ingress: string];

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    roles = [`projector_${database.name}`, `ingress_${database.name}`].map((role) => role.slice(0, 60)) as never;
    for (const role of roles) await database.execute(`CREATE ROLE ${role} LOGIN PASSWORD 'test'`);
    await database.execute(grants(database.name, ...roles));
  });
  afterAll(async () => {
    for (const role of roles) await database.execute(`DROP OWNED BY ${role} CASCADE`);
    for (const role of roles) await database.execute(`DROP ROLE ${role}`);
    await database.drop();
  });

  function as(role: string): string {
    const url = new URL(database.url);
    url.username = role;
    url.password = 'test';
    return url.href;
  }

  it('are enough for what each has to do', async () => {
    const [projector, ingress] = roles;
    const lease = new PostgresLease({ url: as(projector), name: viewLeaseOf(sampleRegistry) });
    expect(await lease.claim()).toBe(true);
    const view = await PostgresDirectoryView.open({ url: as(projector), registry: sampleRegistry, log: sampleSource });
    const log = new SampleLog();
    const id = log.provision(tenant, 'User', 0, { userName: 'ann' });
    await catchUp(await view.liveTarget(), log.events, 10);

    const url = as(ingress);
    const followed = new FollowedDirectoryView({
      ...{ url, registry: sampleRegistry, logIdentity: sampleSource.identity },
    });
    const progress = new CheckpointSignal();
    const stop = new AbortController();
    const feed = new PostgresCheckpointFeed({ url, source: followed, progress }).run(stop.signal);
    expect(await progress.reached(log.events[0]?.position as Position, 10_000)).toBe(true);
    expect(await followed.reader.find(tenant, 'User', id)).toBeDefined();
    const write = followed.liveReads.rows(sql`DELETE FROM resource`);
    await expect(write).rejects.toThrow(/permission denied|read-only/);

    stop.abort();
    await feed;
    await Promise.all([followed.close(), view.close(), lease.close()]);
  });
});
