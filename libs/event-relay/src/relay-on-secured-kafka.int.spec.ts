import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '#event-store';
import { type TemporaryFolder, temporaryFolder } from '#event-store-sqlite/testing';
import { KafkaPublisher } from './kafka/kafka-publisher.js';
import type { KafkaSettings, SaslSettings } from './kafka/kafka-settings.js';
import { describeWithKafka } from './testing/describe-with-kafka.js';
import type { KafkaCluster } from './testing/kafka-cluster.js';
import { RelayProcess } from './testing/relay-process.js';
import { SampleHistory } from './testing/sample-history.js';
import { startSecuredKafka } from './testing/secured-kafka.js';
import { TemporaryLedger } from './testing/temporary-ledger.js';
import { TopicsUnderTest } from './testing/topics-under-test.js';

const username = 'relay';
const password = 'correct-horse-battery';

describeWithKafka(
  'the relay on brokers that let in only whom they know',
  () => {
    let folder: TemporaryFolder;
    let cluster: KafkaCluster;
    let certificate: string;
    let ledger: TemporaryLedger;
    let running: RelayProcess | undefined;
    let lines: string[];

    beforeAll(async () => {
      folder = temporaryFolder();
      ({ cluster, certificate } = await startSecuredKafka(folder.path('.'), { username, password }));
    });
    afterAll(async () => {
      await cluster?.stop();
      folder.remove();
    });
    beforeEach(() => {
      ledger = new TemporaryLedger();
      lines = [];
    });
    afterEach(async () => {
      await running?.stop();
      running = undefined;
      await ledger.remove();
    });

    function start(store: InMemoryEventStore, changes: Partial<KafkaSettings>): RelayProcess {
      const { settings } = new TopicsUnderTest(cluster.bootstrap);
      const sasl: SaslSettings = { mechanism: 'plain', username, password };
      const line = (details: object, message: string) => lines.push(`${message} ${inspect(details)}`);
      const publisher = new KafkaPublisher({
        settings: { ...settings, tls: { caFile: certificate }, sasl, ...changes },
        logger: { warn: line, info: line, debug: line },
      });
      running = new RelayProcess({ log: store, ledger: ledger.open(), publisher });
      return running;
    }

    it.each(['plain', 'scram-sha-512'] as const)(
      'publishes as the user it is given, over TLS: %s',
      async (mechanism) => {
        const store = new InMemoryEventStore({ atomicAcrossStreams: true });
        const end = await new SampleHistory(store, 3).grow();
        await start(store, { sasl: { mechanism, username, password } }).published(end);
      },
    );

    it.each<[string, Partial<KafkaSettings>, string]>([
      ['a wrong password', { sasl: { mechanism: 'plain', username, password: 'wrong-horse' } }, 'authentication'],
      ['no known authority', { tls: {} }, 'self-signed certificate'],
    ])('waits with %s, and tells no secret', async (_, changes, cause) => {
      const relay = start(new InMemoryEventStore(), changes);
      while (relay.state.status !== 'retrying') await pause(20);
      const told = [inspect(relay.state, { depth: 10 }), ...lines].join('\n');
      expect(told.toLowerCase()).toContain(cause);
      expect(told).not.toContain(password);
      expect(told).not.toContain('wrong-horse');
    });
  },
  { ownBrokers: true },
);
