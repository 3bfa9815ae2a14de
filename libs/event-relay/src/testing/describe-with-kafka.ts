import { describe, it } from '@jest/globals';
import { kafkaDistribution } from './kafka-distribution.js';

/**
 * Tests that take Apache Kafka: where it cannot be had they are skipped and say so, or fail where REQUIRE_KAFKA is set.
 *
 * @param ownBrokers whether they start and kill brokers of their own, so that TEST_KAFKA_BROKERS is no help.
 */
export function describeWithKafka(title: string, tests: () => void, { ownBrokers = false } = {}): void {
  if (!ownBrokers && process.env['TEST_KAFKA_BROKERS']) return describe(title, tests);
  const distribution = kafkaDistribution();
  if (!('missing' in distribution)) return describe(title, tests);
  const reason = `NOT TESTED, for want of Apache Kafka: ${title}: ${distribution.missing}`;
  if (process.env['REQUIRE_KAFKA']) {
    describe(title, () => {
      it('runs on Apache Kafka', () => {
        throw new Error(reason);
      });
    });
    return;
  }
  process.stderr.write(`${reason}\n`);
  describe.skip(title, tests);
}
