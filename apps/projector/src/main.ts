import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readKafkaSettings } from '#event-relay';
import { EventStoreUnavailable } from '#event-store';
import { KurrentEventStore, readEventStoreSettings } from '#event-store-kurrent';
import {
  collectProcessMetrics,
  createLogger,
  NestLogger,
  readEnvironment,
  readJsonFile,
  refuseUnlistenable,
  ServerEnvironment,
  valuesOrRefusal,
} from '#platform';
import { readDatabaseAddress } from '#projections-postgres';
import { readSchemaRegistry } from '#scim-protocol';
import { ProjectorProcessModule } from './projector-process.module.js';

const [environment, eventStore, database, registry, kafka] = valuesOrRefusal(
  readEnvironment(ServerEnvironment, process.env),
  readEventStoreSettings(process.env),
  readDatabaseAddress(process.env),
  readSchemaRegistry(process.env, readJsonFile),
  readKafkaSettings(process.env),
);

collectProcessMetrics();
const logger = createLogger(environment.LOG_LEVEL);
try {
  const store = await KurrentEventStore.open(eventStore);
  const root = ProjectorProcessModule.with({
    store,
    database,
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
  refuseUnlistenable(error, environment);
  // Whoever supervises the process starts it again, when the log may be there.
  if (!(error instanceof EventStoreUnavailable)) throw error;
  logger.error({ err: error }, 'the log cannot be reached');
  process.exit(1);
}
