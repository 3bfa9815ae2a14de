import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectorNames } from '#directory-view';
import { openPostgresRelayLedger } from '#event-relay';
import { beforeFirstPosition } from '#event-store';
import { sourceLogAt } from '#projections/testing';
import { PostgresHalts, PostgresLease } from '#projections-postgres';
import { TemporaryDatabase, TemporaryRoles } from '#projections-postgres/testing';
import { DistributedInstallation } from './distributed-installation.js';

/** As docs/postgresql.md says that they are to be given; those for the view are in libs/directory-view. */
const grants = (database: string, projector: string, operator: string) => `
  GRANT CREATE ON DATABASE ${database} TO ${projector};
  GRANT CONNECT ON DATABASE ${database} TO ${operator};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT USAGE ON SCHEMAS TO ${operator};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${projector} GRANT SELECT ON TABLES TO ${operator}`;
const parkedGrant = (operator: string) => `GRANT UPDATE ON scim_relay.relay_parked TO ${operator}`;

const startOverGrants = (operator: string) => `
  GRANT UPDATE ON scim_relay.relay_checkpoint TO ${operator};
  GRANT DELETE ON scim_relay.relay_parked TO ${operator}`;

describe('an operator with a role of its own', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryRoles;
  let roles: readonly [projector: string, operator: string];

  beforeEach(async () => {
    database = await TemporaryDatabase.create();
    temporary = await TemporaryRoles.create(database, 'projector', 'operator');
    roles = temporary.names as never;
    await database.execute(grants(database.name, ...roles));
  });
  afterEach(async () => {
    await temporary.drop();
    await database.drop();
  });

  const as = (role: string) => temporary.urlOf(role);

  it('sees what the projector keeps, leaves wishes about parked keys, and has the relay start over', async () => {
    const [projector, operator] = roles;
    await using resources = new AsyncDisposableStack();
    const url = as(projector);
    const lease = resources.adopt(new PostgresLease({ url, name: projectorNames.lease }), (opened) => opened.close());
    expect(await lease.claim()).toBe(true);
    const halts = resources.adopt(new PostgresHalts(url), (opened) => opened.close());
    await halts.lift('relay');
    const log = sourceLogAt('a log', beforeFirstPosition);
    const ledger = resources.adopt(openPostgresRelayLedger({ url, log }), (opened) => opened.close());
    await ledger.acquire();

    const engines = { eventStore: { connectionString: 'esdb://unused:2113' }, database: as(operator) };
    await using installation = new DistributedInstallation(engines);
    expect(await installation.leader()).toMatchObject({ isRunning: true });
    expect(await installation.halts()).toEqual([]);
    expect(await installation.generations()).toEqual([]);
    const memory = await installation.relay('write');
    expect(await memory?.parked.list()).toEqual([]);
    await expect(memory?.parked.retry('acme:mia')).rejects.toThrow('permission denied');
    await database.execute(parkedGrant(operator));
    expect(await memory?.parked.retry('acme:mia')).toBe(false);
    await expect(memory?.startOver('a log')).rejects.toThrow('permission denied');
    await database.execute(startOverGrants(operator));
    await memory?.startOver('a log');
  });
});
