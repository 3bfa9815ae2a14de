import { missingKafkaBrokers } from './any-kafka-brokers.js';
import { describeWithProgram } from './describe-with-program.js';
import { kafkaDistribution } from './kafka-distribution.js';

/**
 * Tests that take Apache Kafka: where it cannot be had they are skipped and say so, or fail where REQUIRE_KAFKA is set.
 *
 * @param ownBrokers whether they kill brokers, stand between them and their clients or have settings of theirs, so that they
 * start a `KafkaCluster`; all others take `anyKafkaBrokers`.
 */
export function describeWithKafka(title: string, tests: () => void, { ownBrokers = false } = {}): void {
  const missing = ownBrokers ? missingOwnBrokers() : missingKafkaBrokers();
  describeWithProgram({ name: 'Apache Kafka', missing, requiredBy: 'REQUIRE_KAFKA' }, title, tests);
}

function missingOwnBrokers(): string | undefined {
  const distribution = kafkaDistribution();
  if (!('missing' in distribution)) return undefined;
  return `these need brokers of their own, not those of TEST_KAFKA_BROKERS, and ${distribution.missing}`;
}
