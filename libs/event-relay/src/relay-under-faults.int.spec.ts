import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, type Position } from '#event-store';
import { sourceLog } from '#projections/testing';
import { SqliteEventStore } from '#event-store-sqlite';
import { startTypeScript, type TemporaryFolder, temporaryFolder } from '#event-store-sqlite/testing';
import { describeWithKafka } from './testing/describe-with-kafka.js';
import { expectNothingLost } from './testing/expect-nothing-lost.js';
import { KafkaCluster } from './testing/kafka-cluster.js';
import { RelayProcess } from './testing/relay-process.js';
import { SampleHistory } from './testing/sample-history.js';
import { TemporaryLedger } from './testing/temporary-ledger.js';
import { TopicsUnderTest } from './testing/topics-under-test.js';

/** Writes to a log without a pause until told to stop. */
class Load {
  #stopped = false;
  readonly #running: Promise<Position>;

  constructor(history: SampleHistory) {
    this.#running = this.#run(history);
  }

  /** @returns where the log ends then. */
  stop(): Promise<Position> {
    this.#stopped = true;
    return this.#running;
  }

  async #run(history: SampleHistory): Promise<Position> {
    for (;;) {
      const position = await history.grow();
      if (this.#stopped) return position;
      await pause(10);
    }
  }
}

describeWithKafka(
  'the relay under faults',
  () => {
    let store: InMemoryEventStore;
    let ledger: TemporaryLedger;
    let running: RelayProcess | undefined;

    beforeEach(() => {
      store = new InMemoryEventStore({ atomicAcrossStreams: true });
      ledger = new TemporaryLedger(sourceLog('sample', store));
    });
    afterEach(async () => {
      await running?.stop();
      running = undefined;
      await ledger.remove();
    });

    function start(topics: TopicsUnderTest): RelayProcess {
      running = new RelayProcess({ log: store, ledger: ledger.open(), publisher: topics.publisher(), batchSize: 100 });
      return running;
    }

    describe('with one broker', () => {
      let cluster: KafkaCluster;
      beforeAll(async () => {
        cluster = await KafkaCluster.start();
      });
      afterAll(() => cluster?.stop());

      it('loses nothing while the broker is killed under load, is away for a while, and comes back', async () => {
        const topics = new TopicsUnderTest(cluster.bootstrap);
        const relay = start(topics);
        const history = new SampleHistory(store, 20);
        await relay.published(await history.grow());
        const load = new Load(history);
        await relay.published(((await store.head()) + 500n) as Position);
        await cluster.nodes[0]?.kill();
        while (relay.state.status !== 'retrying') await pause(50);
        cluster.nodes[0]?.start();
        await cluster.untilReady();
        await relay.published(await load.stop());
        await expectNothingLost(topics, store);
      });

      describe('and a relay in a process of its own', () => {
        let folder: TemporaryFolder;
        beforeEach(() => {
          folder = temporaryFolder();
        });
        afterEach(() => folder.remove());

        it('loses nothing when the process is killed in the middle of its work, time and again', async () => {
          const topics = new TopicsUnderTest(cluster.bootstrap);
          const log = folder.path('log.sqlite');
          const { prefix } = topics.settings.topics;
          for (let round = 0; round < 4; round++) {
            const args = [log, ledger.file, cluster.bootstrap, prefix, `user-${round}`];
            const child = startTypeScript(new URL('./testing/relaying-process.ts', import.meta.url), ...args);
            const closed = once(child, 'close');
            let batches = 0;
            for await (const _ of createInterface(child.stdout)) {
              if (++batches === 3 + round * 4) child.kill('SIGKILL');
            }
            expect(await closed).toEqual([null, 'SIGKILL']);
          }
          const left = SqliteEventStore.open({ file: log });
          try {
            const head = await left.head();
            running = new RelayProcess({
              log: left,
              ledger: ledger.open(left),
              publisher: topics.publisher(),
            });
            await running.published(head);
            await expectNothingLost(topics, left);
          } finally {
            await running?.stop();
            await left.close();
          }
        });
      });
    });

    describe('with three brokers', () => {
      let cluster: KafkaCluster;
      beforeAll(async () => {
        cluster = await KafkaCluster.start({ nodes: 3 });
      });
      afterAll(() => cluster?.stop());

      it('loses nothing when one of them is killed under load and comes back', async () => {
        const topics = new TopicsUnderTest(cluster.bootstrap, { replicationFactor: 3, partitions: 6 });
        const relay = start(topics);
        const history = new SampleHistory(store, 20);
        await relay.published(await history.grow());
        const load = new Load(history);
        await relay.published(((await store.head()) + 500n) as Position);
        await cluster.nodes[0]?.kill();
        await relay.published(((await store.head()) + 500n) as Position);
        cluster.nodes[0]?.start();
        await cluster.untilReady();
        await relay.published(await load.stop());
        await expectNothingLost(topics, store);
      });
    });
  },
  { ownBrokers: true },
);
