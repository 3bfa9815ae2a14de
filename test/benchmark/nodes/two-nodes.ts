import { randomBytes } from 'node:crypto';
import { bearerToken } from '../../../apps/benchmark/src/scim/tenant.js';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { ComposeProcess } from '../../support/compose-process.js';
import type { Engines } from '../engines/engines.js';
import { withLog } from '../engines/seeded-log.js';

/** Two ingress nodes and a projector of the build, which has the load to itself: no standby runs beside it. */
export interface TwoNodes {
  readonly ports: readonly [number, number];
  readonly ingresses: readonly [ComposeProcess, ComposeProcess];
  readonly brokers: string;
}

export const adminToken = randomBytes(32).toString('base64url');

/** Starts what docker-compose.yml would, on an empty log; ends it after the work. */
export async function withTwoNodes<T>({ kafka }: Engines, work: (nodes: TwoNodes) => Promise<T>): Promise<T> {
  return withLog({ users: 0, groups: 0, members: 0 }, async ({ url: log }) => {
    await using resources = new AsyncDisposableStack();
    const database = await TemporaryDatabase.create();
    resources.defer(() => database.drop());
    const variables = {
      NAME_SECRET: randomBytes(32).toString('hex'),
      SCIM_BEARER_TOKEN: bearerToken,
      ADMIN_TOKEN: adminToken,
      POSTGRES_PASSWORD: 'unused',
      PUBLIC_URL: 'https://scim.example.test',
    };
    const addresses = { PORT: '0', HOST: '127.0.0.1', EVENTSTORE_URL: log, DATABASE_URL: database.url };
    const start = async (service: string, more: Readonly<Record<string, string>> = {}) => {
      const launched = ComposeProcess.launch({ service, variables, addresses: { ...addresses, ...more } });
      // Where the benchmark is interrupted nobody waits for it to drain.
      const kill = () => launched.signal('SIGKILL');
      process.once('exit', kill);
      resources.defer(async () => {
        await launched.stop();
        process.off('exit', kill);
      });
      await launched.healthy();
      return launched;
    };
    await start('projector', { KAFKA_BROKERS: kafka.bootstrap });
    const ingresses = [await start('scim-ingress-1'), await start('scim-ingress-2')] as const;
    const [one, other] = await Promise.all(ingresses.map(portOf));
    return await work({ ports: [one as number, other as number], ingresses, brokers: kafka.bootstrap });
  });
}

async function portOf(process: ComposeProcess): Promise<number> {
  return Number(new URL(await process.origin()).port);
}
