export { ContractConsumer, type Gap } from './contract-consumer.js';
export { describeWithKafka } from './describe-with-kafka.js';
export { freePorts } from './free-ports.js';
export { InMemoryPublisher } from './in-memory-publisher.js';
export { KafkaCluster, type KafkaClusterOptions } from './kafka-cluster.js';
export { kafkaDistribution } from './kafka-distribution.js';
export { readTopics, type ReceivedMessage } from './read-topics.js';
export { type LedgerUnderTest, relayLedgerContract } from './relay-ledger-contract.js';
export { StateConsumer } from './state-consumer.js';
