import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readKafkaSettings } from '#event-relay';
import { EventStoreUnavailable } from '#event-store';
import { ConnectionStringRefused, KurrentEventStore } from '#event-store-kurrent';
import {
  collectProcessMetrics,
  createLogger,
  NestLogger,
  readEnvironment,
  readJsonFile,
  refuseStart,
  valuesOrRefusal,
} from '#platform';
import { DatabaseAddressError } from '#projections-postgres';
import { readSchemaRegistry } from '#scim-protocol';
import { ProjectorEnvironment } from './configuration/projector-environment.js';
import { ProjectorProcessModule } from './projector-process.module.js';

const [environment, registry, kafka] = valuesOrRefusal(
  readEnvironment(ProjectorEnvironment, process.env),
  readSchemaRegistry(process.env, readJsonFile),
  readKafkaSettings(process.env),
);

collectProcessMetrics();
const logger = createLogger(environment.LOG_LEVEL);
try {
  const store = await KurrentEventStore.open({
    connectionString: environment.EVENTSTORE_URL,
    ...(environment.EVENTSTORE_NAMESPACE !== undefined && { namespace: environment.EVENTSTORE_NAMESPACE }),
  });
  const root = ProjectorProcessModule.with({
    store,
    database: environment.DATABASE_URL,
    registry,
    kafka,
    logger,
    metricsToken: environment.ADMIN_TOKEN,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    forceCloseConnections: false,
    logger: new NestLogger(logger),
  });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(environment.PORT, environment.HOST);
  process.stdout.write(`\n  Projector at ${await app.getUrl()}\n\n`);
} catch (error) {
  if (error instanceof ConnectionStringRefused) refuseStart([`EVENTSTORE_URL: ${error.message}`]);
  if (error instanceof DatabaseAddressError) refuseStart([`DATABASE_URL: ${error.message}`]);
  // Whoever supervises the process starts it again, when the log may be there.
  if (error instanceof EventStoreUnavailable) {
    logger.error({ err: error }, 'the log cannot be reached');
    process.exit(1);
  }
  throw error;
}
