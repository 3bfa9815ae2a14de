/** Parts of what libs give to tests that need no test runner, as the entrance to all of them does. */
export { LoopbackLog } from '../../../libs/event-store-kurrent/src/testing/loopback-log.js';
export { LoopbackServer } from '../../../libs/event-store-kurrent/src/testing/loopback-server.js';
export { Arrivals } from '../../../libs/event-relay/src/testing/arrivals.js';
export { BareProducer } from '../../../libs/event-relay/src/testing/bare-producer.js';
export { InMemoryPublisher } from '../../../libs/event-relay/src/testing/in-memory-publisher.js';
export { KafkaCluster } from '../../../libs/event-relay/src/testing/kafka-cluster.js';
export { RelayProcess } from '../../../libs/event-relay/src/testing/relay-process.js';
export { SampleHistory, sampleTenant } from '../../../libs/event-relay/src/testing/sample-history.js';
export { TopicsUnderTest } from '../../../libs/event-relay/src/testing/topics-under-test.js';
