import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { beforeFirstPosition } from '#event-store';
import { type Environment, NestLogger } from '#platform';
import type { SchemaRegistry } from '#scim-protocol';
import { Addresses, createHttpAdapter, ScimExceptionFilter } from '../../scim-ingress/src/index.js';
import { openEmbeddedEngines, openLog } from './engines/embedded-engines.js';
import { BearerCredentials } from './installation/bearer-credentials.js';
import { defaultTenant, prepareInstallation } from './installation/prepare-installation.js';
import { StandaloneModule } from './standalone.module.js';

export interface ServerSettings {
  readonly environment: Environment;
  readonly registry: SchemaRegistry;
  readonly logger: Logger;
  readonly renewToken: boolean;
}

export interface RunningServer {
  readonly app: NestFastifyApplication;
  /** What an administrator enters in Entra as "Tenant URL". */
  readonly tenantUrl: string;
  /** The secret token, where it was made just now; otherwise nobody can show it any more. */
  readonly generatedToken: string | undefined;
}

/**
 * Opens the data folder and serves it.
 *
 * @throws DataFolderError | LogFileRefused | InstallationFileError with a message that says what to do.
 */
export async function startServer({
  environment,
  registry,
  logger,
  renewToken,
}: ServerSettings): Promise<RunningServer> {
  const directory = environment.DATA_DIR;
  const store = openLog(directory);
  const { nameSecret, credentials, generatedToken } = prepareInstallation({
    file: join(directory, 'installation.json'),
    givenToken: environment.SCIM_BEARER_TOKEN,
    renewToken,
    hasEvents: (await store.head()) > beforeFirstPosition,
  });
  const engines = await openEmbeddedEngines({ directory, store, registry, nameSecret, logger });
  const filter = new ScimExceptionFilter(logger);
  const adapter = createHttpAdapter(logger, filter);
  let publicUrl = environment.PUBLIC_URL?.replace(/\/+$/, '');
  const addresses = new Addresses(() => publicUrl ?? '');
  const root = StandaloneModule.with({
    engines,
    registry,
    addresses,
    logger,
    credentials: new BearerCredentials(credentials),
    metricsToken: environment.ADMIN_TOKEN,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    forceCloseConnections: false,
    logger: new NestLogger(logger),
  });
  app.useGlobalFilters(filter);
  // Ending by the signal itself would look like a crash to whoever supervises the process.
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(environment.PORT, environment.HOST);
  publicUrl ??= await localUrl(app);
  return { app, tenantUrl: addresses.base(defaultTenant), generatedToken };
}

/** Where the server is reached from this machine, on whichever port it got. */
async function localUrl(app: NestFastifyApplication): Promise<string> {
  const url = await app.getUrl();
  return url.replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
}
