import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { JsonObject } from '#kernel';
import { type EventStore, InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import { add, assignMembers, command, directoryOn, idOf, remove } from '#command-handling/testing';
import { KafkaPublisher } from './kafka/kafka-publisher.js';
import { ParkedKeys } from './relay/parked-keys.js';
import { PublisherUnavailable } from './relay/publisher.js';
import type { RelayLedger } from './relay/relay-ledger.js';
import { anyKafkaBrokers } from './testing/any-kafka-brokers.js';
import { describeWithKafka } from './testing/describe-with-kafka.js';
import { expectNothingLost } from './testing/expect-nothing-lost.js';
import { FaultyProxy, initProducerIdRequest } from './testing/faulty-proxy.js';
import { freePorts } from './testing/free-ports.js';
import type { KafkaBrokers } from './testing/kafka-brokers.js';
import { KafkaCluster } from './testing/kafka-cluster.js';
import { MessageValidator } from './testing/message-validator.js';
import { RelayProcess } from './testing/relay-process.js';
import { SampleHistory } from './testing/sample-history.js';
import { silentLogger } from './testing/silent-logger.js';
import { TemporaryLedger } from './testing/temporary-ledger.js';
import { TopicsUnderTest } from './testing/topics-under-test.js';

const outOfOrderSequenceNumber = 45;

describeWithKafka('the relay on Apache Kafka', () => {
  let brokers: KafkaBrokers;
  let topics: TopicsUnderTest;
  let ledger: TemporaryLedger;
  let store: EventStore;
  let history: SampleHistory;
  let processes: RelayProcess[];

  beforeAll(async () => {
    brokers = await anyKafkaBrokers();
  });
  afterAll(() => brokers?.stop());
  beforeEach(() => {
    topics = new TopicsUnderTest(brokers.bootstrap);
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    ledger = new TemporaryLedger(sourceLog('sample', store));
    history = new SampleHistory(store, 20);
    processes = [];
  });
  afterEach(async () => {
    for (const running of processes) await running.stop();
    await ledger.remove();
  });

  interface StartOptions {
    readonly ledger?: RelayLedger;
    readonly log?: EventStore;
    readonly batchSize?: number;
    readonly topics?: TopicsUnderTest;
  }

  function start({ log = store, topics: own = topics, ...options }: StartOptions = {}): RelayProcess {
    const started = new RelayProcess({ log, ledger: ledger.open(), publisher: own.publisher(), ...options });
    processes.push(started);
    return started;
  }

  it('publishes every event once, in order per key, and states that fold to the same', async () => {
    const running = start();
    for (let round = 0; round < 20; round++) await history.grow();
    await running.published(await history.grow());
    expect(await expectNothingLost(topics, store)).toBe(0);
    const users = await topics.states('users');
    expect(users.states.get('acme:user-7')).toMatchObject({ attributes: { userName: 'user-7', title: '20' } });
  });

  it('ends what was deprovisioned by tombstones, and keeps to the published contract', async () => {
    const directory = directoryOn(store);
    const [mia, tom, admins] = [idOf('mia'), idOf('tom'), idOf('admins')];
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }, { value: tom }]);
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('eva'), remove('tom')]));
    await directory.deprovisionUser(command(), { id: mia });
    const running = start();
    await running.published(await store.head());
    expect((await topics.states('users')).states.size).toBe(0);
    expect([...(await topics.states('memberships')).states.keys()]).toEqual(['acme:admins:mia', 'acme:admins:eva']);
    await directory.deprovisionGroup(command(), { id: admins });
    await running.published(await store.head());
    expect((await topics.states('groups')).states.size).toBe(0);
    expect((await topics.states('memberships')).states.size).toBe(0);

    const validator = new MessageValidator();
    for (const role of ['events', 'users', 'groups', 'memberships'] as const) {
      const messages = await topics.read(role);
      expect(messages.length).toBeGreaterThan(1);
      for (const { headers, value } of messages) {
        const parsed = value === null ? null : (JSON.parse(value) as JsonObject);
        expect(validator.problems({ topic: role, headers, value: parsed })).toEqual([]);
      }
    }
  });

  it('makes its topics as they have to be', async () => {
    await start().published(await history.grow());
    const { resources } = await topics.asAdmin((admin) =>
      admin.describeConfigs({
        includeSynonyms: false,
        resources: (['events', 'users', 'groups', 'memberships'] as const).map((role) => {
          return { type: kafkajs.ConfigResourceTypes.TOPIC, name: topics.name(role) };
        }),
      }),
    );
    const config = new Map(
      resources.map(({ resourceName, configEntries }) => {
        return [resourceName, new Map(configEntries.map((entry) => [entry.configName, entry.configValue]))];
      }),
    );
    expect(config.get(topics.name('events'))?.get('cleanup.policy')).toBe('delete');
    expect(config.get(topics.name('events'))?.get('retention.ms')).toBe('43200000');
    for (const role of ['users', 'groups', 'memberships'] as const) {
      expect(config.get(topics.name(role))?.get('cleanup.policy')).toBe('compact');
      expect(config.get(topics.name(role))?.get('delete.retention.ms')).toBe('21600000');
    }
  });

  it('publishes a batch again that was sent before a crash and not noted', async () => {
    await history.grow();
    await history.grow();
    for (let crash = 0; crash < 3; crash++) {
      const crashing = ledger.open();
      crashing.move = () => Promise.reject(new Error('killed'));
      const running = start({ ledger: crashing });
      expect(await running.ended).toMatchObject({ status: 'failed', failure: { kind: 'target' } });
      await history.grow();
    }
    await start().published(await store.head());
    expect(await expectNothingLost(topics, store)).toBeGreaterThanOrEqual(3 * 40);
  });

  it('parks the key of a message that is too large, and publishes it once the topic takes it', async () => {
    await topics.make();
    await topics.take(1_000_000);
    const running = start();
    await history.grow();
    const directory = directoryOn(store);
    await directory.provisionUser(command(), idOf('big'), { userName: 'big', title: 'x'.repeat(1_100_000) });
    await running.published(await history.grow());
    expect((await topics.events()).accepted.has('acme:big')).toBe(false);
    const keys = new ParkedKeys(ledger.open());
    expect(await keys.list()).toMatchObject([{ key: 'acme:big', reason: expect.stringContaining('at most 1000000') }]);

    await topics.take(2_000_000);
    await keys.retry('acme:big');
    await running.relay.carryOutRequests();
    expect(await keys.list()).toEqual([]);
    expect(await expectNothingLost(topics, store)).toBe(0);
    expect((await topics.states('users')).states.has('acme:big')).toBe(true);
  });

  it('refuses topics that differ, and says in what', async () => {
    await start().published(await history.grow());
    const { topics: asMade } = topics.settings;
    const other = new TopicsUnderTest(brokers.bootstrap, { ...asMade, partitions: 4, eventRetentionMs: 1_000 });
    const refused = await start({ topics: other }).ended;
    expect(refused).toMatchObject({ status: 'failed', failure: { kind: 'target' } });
    const name = topics.name('events');
    expect(refused).toHaveProperty(
      'failure.cause.reasons',
      expect.arrayContaining([
        `${name} has partitions 3, not 4.`,
        `${name} has retention.ms 43200000, not 1000.`,
        `${topics.name('users')} has partitions 3, not 4.`,
      ]),
    );
  });

  it('refuses topics of states that do not keep the last state of each key, or not for ever', async () => {
    await topics.make();
    await topics.configure('users', { 'cleanup.policy': 'delete' });
    await topics.configure('memberships', { 'cleanup.policy': 'compact,delete' });
    const refused = await start().ended;
    expect(refused).toMatchObject({ status: 'failed', failure: { kind: 'target' } });
    expect(refused).toHaveProperty('failure.cause.reasons', [
      `${topics.name('users')} has cleanup.policy delete, not compact.`,
      `${topics.name('memberships')} has cleanup.policy compact,delete, not compact.`,
    ]);
  });

  it('refuses to make topics anew that have vanished with what was on them', async () => {
    const running = start();
    await running.published(await history.grow());
    await running.stop();
    await topics.asAdmin(async (admin) => {
      await admin.deleteTopics({ topics: [topics.name('users')] });
      while ((await admin.listTopics()).includes(topics.name('users'))) await pause(20);
    });
    const refused = await start().ended;
    expect(refused).toHaveProperty(
      'failure.cause.message',
      expect.stringContaining(`${topics.name('users')} is missing`),
    );
  });

  it('waits for brokers where there are too few for the replicas, and says so', async () => {
    const running = start({ topics: new TopicsUnderTest(brokers.bootstrap, { replicationFactor: 99 }) });
    while (running.state.status !== 'retrying') await pause(20);
    expect(running.state.cause).toHaveProperty('message', expect.stringContaining('99 replicas'));
  });

  describeWithKafka(
    'by connections that fail',
    () => {
      let cluster: KafkaCluster;
      let proxy: FaultyProxy;
      beforeAll(async () => {
        const [brokerPort, proxyPort] = (await freePorts(2)) as [number, number];
        proxy = await FaultyProxy.start(proxyPort, brokerPort);
        cluster = await KafkaCluster.start({ ports: [brokerPort], advertisedPorts: [proxyPort] });
      });
      afterAll(async () => {
        await cluster?.stop();
        await proxy?.stop();
      });
      beforeEach(() => {
        topics = new TopicsUnderTest(cluster.bootstrap);
      });

      it.each(['cut', 'swallow'] as const)(
        'neither loses nor repeats a message whose answer was lost: %s',
        async (fault) => {
          const running = start({ batchSize: 20 });
          await running.published(await history.grow());
          for (let round = 0; round < 3; round++) {
            proxy.failNext(fault);
            await history.grow();
            await running.published(await history.grow());
          }
          expect(proxy.pendingFaults).toBe(0);
          expect(await expectNothingLost(topics, store)).toBe(0);
        },
      );

      it('waits for no answer once it is closed, and does not send again', async () => {
        await topics.make();
        const { settings } = topics;
        const publisher = new KafkaPublisher({ settings, logger: silentLogger, requestTimeoutMs: 600_000 });
        await publisher.open(false);
        proxy.failNext('swallow');
        const sending = publisher.publish([{ topic: 'users', key: 'acme:mia', value: '{}', headers: {} }]);
        while (proxy.pendingFaults > 0) await new Promise(setImmediate);
        await publisher.close();
        expect(await sending).toMatchObject({ outcome: 'unknown' });
        await expect(publisher.open(false)).rejects.toBeInstanceOf(PublisherUnavailable);
      });

      it('goes on with another producer after a send was rejected', async () => {
        const running = start();
        await running.published(await history.grow());
        const before = proxy.count(initProducerIdRequest);
        proxy.failNext({ errorCode: outOfOrderSequenceNumber });
        await running.published(await history.grow());
        await running.published(await history.grow());
        expect(proxy.count(initProducerIdRequest)).toBe(before + 1);
        expect(await expectNothingLost(topics, store)).toBe(20);
      });

      it('keeps no connection of producers that reach a broker and are given no id', async () => {
        const publisher = topics.publisher();
        const before = proxy.connections;
        proxy.refusesProducerIds = true;
        for (let attempt = 0; attempt < 3; attempt++) {
          await expect(publisher.open(attempt === 0)).rejects.toThrow(PublisherUnavailable);
        }
        proxy.refusesProducerIds = false;
        const closedBy = performance.now() + 5_000;
        while (proxy.connections > before && performance.now() < closedBy) await pause(20);
        expect(proxy.connections).toBeLessThanOrEqual(before);
        await publisher.open(false);
        await publisher.close();
      });
    },
    { ownBrokers: true },
  );
});
