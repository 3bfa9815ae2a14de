import { describe } from '@jest/globals';
import { describeWithProgram } from './describe-with-program.js';
import { kafkaDistribution } from './kafka-distribution.js';

/**
 * Tests that take Apache Kafka: where it cannot be had they are skipped and say so, or fail where REQUIRE_KAFKA is set.
 *
 * @param ownBrokers whether they start and kill brokers of their own, so that TEST_KAFKA_BROKERS is no help.
 */
export function describeWithKafka(title: string, tests: () => void, { ownBrokers = false } = {}): void {
  if (!ownBrokers && process.env['TEST_KAFKA_BROKERS']) return describe(title, tests);
  const distribution = kafkaDistribution();
  const missing = 'missing' in distribution ? distribution.missing : undefined;
  describeWithProgram({ name: 'Apache Kafka', missing, requiredBy: 'REQUIRE_KAFKA' }, title, tests);
}
