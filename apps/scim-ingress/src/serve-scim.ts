import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { NestLogger } from '#platform';
import type { ScimEnvironment } from './configuration/scim-environment.js';
import { createHttpAdapter } from './http/create-http-adapter.js';
import { ScimExceptionFilter } from './http/scim-exception.filter.js';
import { Addresses } from './reading/addresses.js';

export interface ScimService {
  readonly environment: ScimEnvironment;
  readonly logger: Logger;
  /** @param addresses good once the server listens. */
  readonly root: (addresses: Addresses) => DynamicModule;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly addresses: Addresses;
}

/** Listens and serves SCIM until the process is told to end. */
export async function serveScim({ environment, logger, root }: ScimService): Promise<RunningService> {
  const filter = new ScimExceptionFilter(logger);
  const adapter = createHttpAdapter(logger, filter);
  let publicUrl = environment.PUBLIC_URL?.replace(/\/+$/, '');
  const addresses = new Addresses(() => publicUrl ?? '');
  const app = await NestFactory.create<NestFastifyApplication>(root(addresses), adapter, {
    bodyParser: false,
    forceCloseConnections: false,
    logger: new NestLogger(logger),
  });
  app.useGlobalFilters(filter);
  // Ending by the signal itself would look like a crash to whoever supervises the process.
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(environment.PORT, environment.HOST);
  publicUrl ??= await localUrl(app);
  return { app, addresses };
}

/** Where the server is reached from this machine, on whichever port it got. */
async function localUrl(app: NestFastifyApplication): Promise<string> {
  const url = await app.getUrl();
  return url.replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
}
