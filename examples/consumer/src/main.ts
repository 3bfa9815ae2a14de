import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Kafka, logLevel } from 'kafkajs';
import { ConsumerModule } from './consumer.module.js';
import { markHealthy } from './health/health-file.js';
import { readClientSettings } from './kafka/client-settings.js';
import { KafkaTopics } from './kafka/kafka-topics.js';
import type { AccessListener } from './tokens.js';

const { KAFKA_TOPIC_PREFIX = 'provisioning', HEALTH_FILE } = process.env;

const print = (line: string) => process.stdout.write(`${line}\n`);

const printing: AccessListener = {
  waiting: () => print('waiting: the topics are not made yet'),
  ready: ({ length }) =>
    print(`ready: ${length} ${length === 1 ? 'access is' : 'accesses are'} known, watching for changes`),
  changed: ({ change, tenant, user, group, actor }) =>
    print(`${change}: ${user} ${change === 'gained' ? 'to' : 'from'} ${group} (${tenant}, by ${actor ?? 'states'})`),
  missed: (key) => print(`missed: events of ${key}; the states are read again`),
  heartbeat: () => {
    if (HEALTH_FILE) markHealthy(HEALTH_FILE);
  },
  failed: ({ message }) => {
    process.stderr.write(`failed: ${message}\n`);
    process.exit(1);
  },
};

const kafka = new Kafka({ ...readClientSettings(process.env), logLevel: logLevel.WARN });
const module = ConsumerModule.on(new KafkaTopics(kafka, KAFKA_TOPIC_PREFIX), printing);
const application = await NestFactory.createApplicationContext(module, { logger: ['warn', 'error'] });
application.enableShutdownHooks();
