import 'reflect-metadata';
import { LogFileRefused } from '#event-store-sqlite';
import { collectProcessMetrics, createLogger, readEnvironment } from '#platform';
import { banner } from './banner.js';
import { DataFolderError } from './engines/data-folder.js';
import { InstallationFileError } from './installation/installation-file.js';
import { readSchemas } from './schemas-file.js';
import { startServer } from './start-server.js';

/** The configuration is wrong (EX_CONFIG of sysexits.h). */
const wrongConfiguration = 78;

function refuse(reasons: readonly string[]): never {
  process.stderr.write(`SCIM Ledger cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exit(wrongConfiguration);
}

const environment = readEnvironment(process.env);
if (!environment.ok) refuse(environment.error);
const renewToken = process.argv.includes('--new-token');
if (renewToken && environment.value.SCIM_BEARER_TOKEN !== undefined) {
  refuse(['--new-token has no effect while SCIM_BEARER_TOKEN is set. Leave out one of them.']);
}
const registry = readSchemas(environment.value.SCIM_SCHEMAS);
if (!registry.ok) refuse(registry.error);

collectProcessMetrics();
try {
  const server = await startServer({
    environment: environment.value,
    registry: registry.value,
    logger: createLogger(environment.value.LOG_LEVEL),
    renewToken,
  });
  process.stdout.write(banner(server, environment.value.SCIM_BEARER_TOKEN !== undefined));
} catch (error) {
  if (error instanceof DataFolderError || error instanceof LogFileRefused || error instanceof InstallationFileError) {
    refuse([error.message]);
  }
  const { code, syscall, message, cause } = error as NodeJS.ErrnoException;
  const { DATA_DIR, HOST, PORT } = environment.value;
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    const setting = code === 'EADDRINUSE' || code === 'EACCES' ? 'PORT' : 'HOST';
    refuse([`It cannot listen on ${HOST}:${PORT} (${code ?? syscall}). Choose another ${setting}.`]);
  }
  if (syscall !== undefined) refuse([message]);
  if ([code, (cause as NodeJS.ErrnoException | undefined)?.code].includes('ERR_SQLITE_ERROR')) {
    refuse([
      `A database in DATA_DIR ${DATA_DIR} cannot be opened (${message}). Restore its files, or what may be done to them.`,
    ]);
  }
  throw error;
}
