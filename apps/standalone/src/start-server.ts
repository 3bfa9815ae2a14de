import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { KafkaSettings } from '#event-relay';
import type { SchemaRegistry } from '#scim-protocol';
import { BearerCredentials, defaultTenant, serveScim } from '../../scim-ingress/src/index.js';
import type { StandaloneEnvironment } from './configuration/standalone-environment.js';
import { dataFiles } from './engines/data-files.js';
import { openEmbeddedEngines, openLog } from './engines/embedded-engines.js';
import { prepareInstallation } from './installation/prepare-installation.js';
import { StandaloneModule } from './standalone.module.js';

export interface ServerSettings {
  readonly environment: StandaloneEnvironment;
  readonly registry: SchemaRegistry;
  /** Undefined: nothing is published. */
  readonly kafka: KafkaSettings | undefined;
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
  kafka,
  logger,
  renewToken,
}: ServerSettings): Promise<RunningServer> {
  const directory = environment.DATA_DIR;
  const store = openLog(directory);
  const { nameSecret, credentials, generatedToken, keepToken } = await prepareInstallation({
    file: dataFiles(directory).installation,
    givenToken: environment.SCIM_BEARER_TOKEN,
    renewToken,
    log: store,
  });
  const engines = await openEmbeddedEngines({ directory, store, registry, nameSecret, kafka, logger });
  const { app, addresses } = await serveScim({
    environment,
    logger,
    root: (addresses) =>
      StandaloneModule.with({
        engines,
        registry,
        addresses,
        logger,
        credentials: new BearerCredentials(credentials),
        metricsToken: environment.ADMIN_TOKEN,
      }),
  });
  keepToken();
  return { app, tenantUrl: addresses.base(defaultTenant), generatedToken };
}
