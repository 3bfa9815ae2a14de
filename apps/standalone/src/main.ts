import 'reflect-metadata';
import { readKafkaSettings } from '#event-relay';
import { LogFileRefused } from '#event-store-sqlite';
import {
  collectProcessMetrics,
  createLogger,
  readEnvironment,
  readJsonFile,
  refuseStart,
  refuseUnlistenable,
  valuesOrRefusal,
} from '#platform';
import { readSchemaRegistry } from '#scim-protocol';
import { banner } from './banner.js';
import { StandaloneEnvironment } from './configuration/standalone-environment.js';
import { DataFolderError } from './engines/data-folder.js';
import { InstallationFileError } from './installation/installation-file.js';
import { startServer } from './start-server.js';

const [environment, registry, kafka] = valuesOrRefusal(
  readEnvironment(StandaloneEnvironment, process.env),
  readSchemaRegistry(process.env, readJsonFile),
  readKafkaSettings(process.env),
);
const args = process.argv.slice(2);
const unknown = args.filter((argument) => argument !== '--new-token');
if (unknown.length > 0) refuseStart([`It knows no argument but --new-token: leave out ${unknown.join(' ')}.`]);
const renewToken = args.length > 0;
if (renewToken && environment.SCIM_BEARER_TOKEN !== undefined) {
  refuseStart(['--new-token has no effect while SCIM_BEARER_TOKEN is set. Leave out one of them.']);
}

collectProcessMetrics();
try {
  const server = await startServer({
    environment,
    registry,
    kafka,
    logger: createLogger(environment.LOG_LEVEL),
    renewToken,
  });
  process.stdout.write(banner(server, environment.SCIM_BEARER_TOKEN !== undefined));
} catch (error) {
  if (error instanceof DataFolderError || error instanceof LogFileRefused || error instanceof InstallationFileError) {
    refuseStart([error.message]);
  }
  refuseUnlistenable(error, environment);
  const { code, syscall, message, cause } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) refuseStart([message]);
  if ([code, (cause as NodeJS.ErrnoException | undefined)?.code].includes('ERR_SQLITE_ERROR')) {
    refuseStart([
      `A database in DATA_DIR ${environment.DATA_DIR} cannot be opened (${message}). Restore its files, or what may be done to them.`,
    ]);
  }
  throw error;
}
