import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import { PostgresCheckpointFeed, PostgresLease } from '#projections-postgres';
import { TemporaryDatabase, TemporaryRoles } from '#projections-postgres/testing';
import { sql } from '../sql/sql-text.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { catchUp } from '../testing/catch-up.js';
import { SampleLog } from '../testing/sample-log.js';
import { sampleSource } from '../testing/temporary-view.js';
import { FollowedDirectoryView } from './followed-directory-view.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';
import { PostgresGenerationAdministration } from './postgres-generation-administration.js';
import { viewLeaseOf } from './projector-names.js';

const [tenant] = sampleTenants;

/** As docs/postgresql.md says that they are to be given: before the first start... */
const grants = (database: string, projector: string, reader: string) => `
  GRANT CREATE ON DATABASE ${database} TO ${projector};
  GRANT CONNECT ON DATABASE ${database} TO ${reader};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT USAGE ON SCHEMAS TO ${reader};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT SELECT ON TABLES TO ${reader}`;
/** ... and, to operators, after it. */
const operatorGrants = (operator: string) => `GRANT INSERT, UPDATE ON scim_view.generation TO ${operator}`;
const dropGrants = (projector: string, operator: string) => `GRANT ${projector} TO ${operator}`;

describe('roles of their own for the projector, the ingress and operators', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryRoles;
  let roles: readonly [projector: string, ingress: string, operator: string];

  beforeEach(async () => {
    database = await TemporaryDatabase.create();
    temporary = await TemporaryRoles.create(database, 'projector', 'ingress', 'operator');
    roles = temporary.names as never;
    const [projector, ...readers] = roles;
    for (const reader of readers) await database.execute(grants(database.name, projector, reader));
  });
  afterEach(async () => {
    await temporary.drop();
    await database.drop();
  });

  const as = (role: string) => temporary.urlOf(role);

  it('are enough for building the view and for reading it', async () => {
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

  it('are enough for operators to look, to ask for a generation, and to drop one as members of the projector’s role', async () => {
    const [projector, , operator] = roles;
    const view = await PostgresDirectoryView.open({ url: as(projector), registry: sampleRegistry, log: sampleSource });
    const administration = new PostgresGenerationAdministration({ url: as(operator) });
    expect(await administration.status()).toMatchObject([{ state: 'live' }]);
    await expect(administration.requestRebuild()).rejects.toThrow(/permission denied/);
    await database.execute(operatorGrants(operator));
    expect(await administration.requestRebuild()).toEqual({ outcome: 'asked', number: 2 });
    await view.catalogue.target(2);
    expect(await administration.status()).toMatchObject([{ state: 'live' }, { state: 'building', checkpoint: 0n }]);
    await database.execute(`UPDATE scim_view.generation SET state = 'retired' WHERE number = 2`);
    expect(await administration.requestReturn(2)).toEqual({ outcome: 'asked' });

    await expect(administration.drop(2)).rejects.toThrow(/permission denied|must be owner/);
    await database.execute(dropGrants(projector, operator));
    expect(await administration.drop(2)).toEqual({ outcome: 'dropped' });
    const schemas = `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'scim_view_g%'`;
    expect(await database.execute(schemas)).toEqual([{ nspname: 'scim_view_g1' }]);
    await Promise.all([administration.close(), view.close()]);
  });
});
