import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { InMemoryEventStore } from '#event-store';
import { type TemporaryFolder, temporaryFolder } from '#event-store-sqlite/testing';
import { command, directoryOn, idOf } from '#command-handling/testing';
import { readKafkaSettings } from '#event-relay';
import {
  describeWithKafka,
  type KafkaCluster,
  RelayProcess,
  startSecuredKafka,
  TemporaryLedger,
  TopicsUnderTest,
} from '#event-relay/testing';
import { AccessWatch } from './access-watch.js';
import { readClientSettings } from './kafka/client-settings.js';
import { KafkaTopics } from './kafka/kafka-topics.js';

const [mia, admins] = [idOf('mia'), idOf('admins')];
const user = { username: 'watch', password: 'correct-horse-battery' };

describeWithKafka(
  'the sample consumer on brokers that let in only whom they know',
  () => {
    let folder: TemporaryFolder;
    let cluster: KafkaCluster;
    let certificate: string;
    let ledger: TemporaryLedger;
    let relay: RelayProcess | undefined;
    let watch: AccessWatch | undefined;

    beforeAll(async () => {
      folder = temporaryFolder();
      ledger = new TemporaryLedger();
      ({ cluster, certificate } = await startSecuredKafka(folder.path('.'), user));
    });
    afterEach(async () => {
      await watch?.onApplicationShutdown();
      await relay?.stop();
    });
    afterAll(async () => {
      await cluster?.stop();
      await ledger.remove();
      folder.remove();
    });

    it('follows a relay by the same variables as that is set up with', async () => {
      const variables = {
        KAFKA_BROKERS: cluster.bootstrap,
        KAFKA_TLS: 'true',
        KAFKA_TLS_CA_FILE: certificate,
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KAFKA_SASL_USERNAME: user.username,
        KAFKA_SASL_PASSWORD: user.password,
      };
      const settings = readKafkaSettings(variables);
      if (!settings.ok || !settings.value) throw new Error('The relay does not take the variables');
      const underTest = new TopicsUnderTest(cluster.bootstrap);
      const store = new InMemoryEventStore({ atomicAcrossStreams: true });
      const publisher = underTest.publisher({ ...settings.value, topics: underTest.settings.topics });
      relay = new RelayProcess({ log: store, ledger: ledger.open(), publisher });
      const directory = directoryOn(store);
      await directory.provisionUser(command(), mia, { userName: 'mia' });
      await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
      await relay.published(await store.head());

      const kafka = new Kafka({ ...readClientSettings(variables), logLevel: logLevel.NOTHING });
      watch = new AccessWatch(new KafkaTopics(kafka, underTest.settings.topics.prefix), {
        waiting: () => undefined,
        ready: () => undefined,
        changed: () => undefined,
        missed: () => undefined,
        heartbeat: () => undefined,
        failed: () => undefined,
      });
      await watch.onApplicationBootstrap();
      while (watch.accesses().length === 0) await new Promise(setImmediate);
      expect(watch.accesses()).toEqual([{ tenant: 'acme', user: 'mia', group: 'Admins' }]);
    });
  },
  { ownBrokers: true },
);
