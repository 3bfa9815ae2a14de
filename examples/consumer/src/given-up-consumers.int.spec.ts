import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { InMemoryEventStore } from '#event-store';
import { command, directoryOn, idOf } from '#command-handling/testing';
import { describeWithKafka, KafkaCluster, RelayProcess, TemporaryLedger, TopicsUnderTest } from '#event-relay/testing';
import { KafkaTopics } from './kafka/kafka-topics.js';

describeWithKafka(
  'a reading of topics on brokers that refuse its consumers',
  () => {
    let cluster: KafkaCluster;
    let ledger: TemporaryLedger;
    let relay: RelayProcess;
    let store: InMemoryEventStore;
    let topics: TopicsUnderTest;

    beforeAll(async () => {
      cluster = await KafkaCluster.start({ config: { 'group.min.session.timeout.ms': '60000' } });
    });
    afterAll(() => cluster?.stop());
    beforeEach(() => {
      topics = new TopicsUnderTest(cluster.bootstrap);
      ledger = new TemporaryLedger();
      store = new InMemoryEventStore({ atomicAcrossStreams: true });
      relay = new RelayProcess({ log: store, ledger: ledger.open(), publisher: topics.publisher() });
    });
    afterEach(async () => {
      await relay.stop();
      await ledger.remove();
    });

    function read(): Promise<unknown> {
      const kafka = new Kafka({ brokers: [cluster.bootstrap], logLevel: logLevel.NOTHING });
      const [ignored, reader] = [() => undefined, new KafkaTopics(kafka, topics.settings.topics.prefix)];
      return reader.read(() => ({
        state: ignored,
        event: ignored,
        caughtUp: ignored,
        heartbeat: ignored,
        failed: ignored,
      }));
    }

    it('fails where there are states to be read', async () => {
      await directoryOn(store).provisionUser(command(), idOf('mia'), { userName: 'mia' });
      await relay.published(await store.head());
      await expect(read()).rejects.toMatchObject({ type: 'INVALID_SESSION_TIMEOUT' });
    });

    it('fails where there are events to be followed', async () => {
      await relay.published(await store.head());
      while (relay.state.status !== 'running') await new Promise(setImmediate);
      await expect(read()).rejects.toMatchObject({ type: 'INVALID_SESSION_TIMEOUT' });
    });
  },
  { ownBrokers: true },
);
