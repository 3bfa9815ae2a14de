import 'reflect-metadata';
import { EventStoreUnavailable } from '#event-store';
import { readEventStoreSettings } from '#event-store-kurrent';
import {
  collectProcessMetrics,
  createLogger,
  readEnvironment,
  readJsonFile,
  refuseStart,
  refuseUnlistenable,
  valuesOrRefusal,
} from '#platform';
import { readDatabaseAddress } from '#projections-postgres';
import { readSchemaRegistry } from '#scim-protocol';
import { BearerCredentials, storedCredential } from './authentication/bearer-credentials.js';
import { defaultCredential, defaultTenant } from './authentication/default-tenant.js';
import { IngressEnvironment } from './configuration/ingress-environment.js';
import { NameSecretRefused, openDistributedEngines } from './distributed/distributed-engines.js';
import { IngressProcessModule } from './ingress-process.module.js';
import { serveScim } from './serve-scim.js';

const [environment, eventStore, database, registry] = valuesOrRefusal(
  readEnvironment(IngressEnvironment, process.env),
  readEventStoreSettings(process.env),
  readDatabaseAddress(process.env),
  readSchemaRegistry(process.env, readJsonFile),
);

collectProcessMetrics();
const logger = createLogger(environment.LOG_LEVEL);
try {
  const engines = await openDistributedEngines({
    eventStore,
    database,
    registry,
    nameSecret: Buffer.from(environment.NAME_SECRET, 'hex'),
    logger,
    // Whoever supervises the process starts it again, and then it knows nothing that does not hold.
    logParted: (reason) => {
      logger.error({ reason }, 'the log is not the one this process has known, which ends here');
      process.exit(1);
    },
  });
  const credential = storedCredential(defaultCredential, defaultTenant, environment.SCIM_BEARER_TOKEN);
  const { app, addresses } = await serveScim({
    environment,
    logger,
    root: (addresses) =>
      IngressProcessModule.with({
        engines,
        registry,
        addresses,
        credentials: new BearerCredentials([credential]),
        metricsToken: environment.ADMIN_TOKEN,
      }),
  });
  process.stdout.write(`\n  Ingress at ${await app.getUrl()}\n  Tenant URL ${addresses.base(defaultTenant)}\n\n`);
} catch (error) {
  if (error instanceof NameSecretRefused) refuseStart([error.message]);
  refuseUnlistenable(error, environment);
  // Whoever supervises the process starts it again, when the log may be there.
  if (!(error instanceof EventStoreUnavailable)) throw error;
  logger.error({ err: error }, 'the log cannot be reached');
  process.exit(1);
}
