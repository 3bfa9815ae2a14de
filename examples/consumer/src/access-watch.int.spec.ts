import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { Kafka, logLevel, type RetryOptions } from 'kafkajs';
import { InMemoryEventStore } from '#event-store';
import { add, assign, assignMembers, command, directoryOn, idOf, remove } from '#command-handling/testing';
import { ParkedKeys } from '#event-relay';
import { sourceLog } from '#projections/testing';
import {
  anyKafkaBrokers,
  describeWithKafka,
  type KafkaBrokers,
  KafkaCluster,
  RelayProcess,
  TemporaryLedger,
  TopicsUnderTest,
} from '#event-relay/testing';
import { ConsumerModule } from './consumer.module.js';
import { KafkaTopics } from './kafka/kafka-topics.js';

const [mia, tom, admins] = [idOf('mia'), idOf('tom'), idOf('admins')];

describeWithKafka('the sample consumer', () => {
  let brokers: KafkaBrokers;
  let topics: TopicsUnderTest;
  let ledger: TemporaryLedger;
  let relay: RelayProcess;
  let store: InMemoryEventStore;
  let directory: ReturnType<typeof directoryOn>;
  let consumer: INestApplicationContext | undefined;
  let told: string[];

  beforeAll(async () => {
    brokers = await anyKafkaBrokers();
  });
  afterAll(() => brokers?.stop());
  beforeEach(() => {
    topics = new TopicsUnderTest(brokers.bootstrap);
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    ledger = new TemporaryLedger(sourceLog('sample', store));
    directory = directoryOn(store);
    relay = relaying();
    told = [];
  });
  afterEach(async () => {
    await consumer?.close();
    consumer = undefined;
    await relay.stop();
    await ledger.remove();
  });

  const relaying = () => new RelayProcess({ log: store, ledger: ledger.open(), publisher: topics.publisher() });
  const published = async () => relay.published(await store.head());

  async function watch(retry?: RetryOptions): Promise<void> {
    const kafka = new Kafka({
      brokers: [...topics.settings.brokers],
      logLevel: logLevel.NOTHING,
      ...(retry && { retry }),
    });
    const module = ConsumerModule.on(new KafkaTopics(kafka, topics.settings.topics.prefix), {
      waiting: () => told.push('waiting'),
      ready: () => told.push('ready'),
      changed: ({ change, user, group, actor }) => told.push(`${user} ${change} ${group} by ${actor ?? 'states'}`),
      missed: (key) => told.push(`missed ${key}`),
      heartbeat: () => undefined,
      failed: ({ message }) => told.push(`failed: ${message}`),
    });
    consumer = await NestFactory.createApplicationContext(module, { logger: false });
  }

  async function tellsSome(count: number): Promise<readonly string[]> {
    while (told.length < count) await new Promise(setImmediate);
    return told;
  }

  it('knows the states at its start and tells of every change after it', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionUser(command(), tom, { userName: 'tom' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
    await published();
    await watch();
    await tellsSome(1);
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('tom'), remove('mia')]));
    await published();
    const by = 'by credential:test';
    expect(await tellsSome(3)).toEqual(['ready', `mia lost Admins ${by}`, `tom gained Admins ${by}`]);
    // Only now: between keys there is no order.
    await directory.changeUser(command(), { id: tom }, assign({ active: false }));
    await published();
    expect((await tellsSome(4)).at(-1)).toBe(`tom lost Admins ${by}`);
  });

  it('waits for topics that are not made yet, and goes on by itself', async () => {
    await relay.stop();
    topics = new TopicsUnderTest(brokers.bootstrap);
    const watching = watch();
    expect(await tellsSome(1)).toEqual(['waiting']);
    relay = relaying();
    await watching;
    expect(await tellsSome(2)).toEqual(['waiting', 'ready']);
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
    expect((await tellsSome(3)).at(-1)).toMatch(/^mia gained /);
  });

  describeWithKafka(
    'on brokers that are not up yet',
    () => {
      let cluster: KafkaCluster;
      beforeAll(async () => {
        cluster = await KafkaCluster.start();
      });
      afterAll(() => cluster?.stop());
      beforeEach(async () => {
        await relay.stop();
        topics = new TopicsUnderTest(cluster.bootstrap);
        relay = relaying();
      });

      it('waits for them, and goes on by itself', async () => {
        await directory.provisionUser(command(), mia, { userName: 'mia' });
        await published();
        await cluster.nodes[0]?.kill();
        // The client by itself gives up long before a broker is up.
        const watching = watch({ retries: 0 });
        cluster.nodes[0]?.start();
        await watching;
        expect(await tellsSome(1)).toEqual(['ready']);
        await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
        expect((await tellsSome(2)).at(-1)).toMatch(/^mia gained /);
      });
    },
    { ownBrokers: true },
  );

  it('reads the states again where events of a key are missing', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionUser(command(), tom, { userName: 'tom' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, []);
    await published();
    await topics.take(1_000_000);
    // The relay learns anew what the topics take.
    await relay.stop();
    relay = relaying();
    await watch();
    await tellsSome(1);
    // One event is too large to be published; an operator gives it up, and what comes after it is published.
    await directory.changeGroup(command(), { id: admins }, assignMembers([], { notes: 'x'.repeat(1_100_000) }));
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia')]));
    await published();
    const keys = new ParkedKeys(ledger.open());
    for (const { key, eventId } of await keys.list()) await keys.drop(key, eventId);
    await relay.relay.carryOutRequests();
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('tom')]));
    await published();
    const lines = (await tellsSome(4)).map((line) => line.replace(/ by .*/, ''));
    expect(lines.slice(0, 2)).toEqual(['ready', 'missed acme:admins']);
    expect(lines.slice(2).sort()).toEqual(['mia gained Admins', 'tom gained Admins']);
  });
});
