import type { KafkaBrokers } from './kafka-brokers.js';
import { KafkaCluster } from './kafka-cluster.js';
import { containerEngine, startKafkaContainer } from './kafka-container.js';
import { kafkaDistribution } from './kafka-distribution.js';

const named = process.env['TEST_KAFKA_BROKERS'];

/** Why there are no brokers for tests that take any, if there are none. */
export function missingKafkaBrokers(): string | undefined {
  if (named) return undefined;
  const distribution = kafkaDistribution();
  if (!('missing' in distribution) || containerEngine()) return undefined;
  return `${distribution.missing}, no container engine answers, and TEST_KAFKA_BROKERS is not set`;
}

/**
 * Those that TEST_KAFKA_BROKERS names; else one that runs on the Java of this machine, or else in a container.
 *
 * @param isMeasured whether the speed of one that is started matters.
 */
export async function anyKafkaBrokers({ isMeasured = false } = {}): Promise<KafkaBrokers> {
  if (named) return { bootstrap: named, stop: async () => undefined };
  const distribution = kafkaDistribution();
  const engine = 'missing' in distribution ? containerEngine() : undefined;
  return engine === undefined ? KafkaCluster.start({ isMeasured }) : startKafkaContainer(engine);
}
