import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { describeWithKafka } from '../testing/describe-with-kafka.js';
import { FaultyProxy, produceRequest } from '../testing/faulty-proxy.js';
import { freePorts } from '../testing/free-ports.js';
import { KafkaCluster } from '../testing/kafka-cluster.js';
import { silentLogger } from '../testing/silent-logger.js';
import { TopicsUnderTest } from '../testing/topics-under-test.js';
import { KafkaPublisher } from './kafka-publisher.js';

const hour = 3_600_000;

describeWithKafka(
  'a send that is not answered while the clock is set back by an hour',
  () => {
    let cluster: KafkaCluster;
    let proxy: FaultyProxy;

    beforeAll(async () => {
      const [port, brokerPort] = (await freePorts(2)) as [number, number];
      proxy = await FaultyProxy.start(port, brokerPort);
      cluster = await KafkaCluster.start({ ports: [brokerPort], advertisedPorts: [port] });
    });
    afterEach(() => void jest.restoreAllMocks());
    afterAll(async () => {
      await cluster?.stop();
      await proxy?.stop();
    });

    it('is given up all the same, and not tried again by whoever was given up', async () => {
      const { settings } = new TopicsUnderTest(cluster.bootstrap);
      const timeouts = { requestTimeoutMs: 1_000, sendTimeoutMs: 3_000 };
      const publisher = new KafkaPublisher({ settings, logger: silentLogger, ...timeouts });
      await publisher.open(true);
      const message = { topic: 'users', key: 'acme:mia', value: '{}', headers: {} } as const;
      expect(await publisher.publish([message])).toEqual({ outcome: 'acknowledged' });

      proxy.failNext('swallow');
      const publishing = publisher.publish([message]);
      while (proxy.pendingFaults > 0) await new Promise(setImmediate);
      const { now } = Date;
      jest.spyOn(Date, 'now').mockImplementation(() => now() - hour);
      const sends = proxy.count(produceRequest);
      expect(await publishing).toMatchObject({
        outcome: 'unknown',
        cause: { message: expect.stringContaining('3000') },
      });

      await publisher.open(false);
      expect(await publisher.publish([message])).toEqual({ outcome: 'acknowledged' });
      expect(proxy.count(produceRequest)).toBe(sends + 1);
      await publisher.close();
    });
  },
  { ownBrokers: true },
);
