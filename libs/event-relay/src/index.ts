export { asyncApiDocument } from './contract/async-api-document.js';
export { type KafkaPublisherOptions, KafkaPublisher } from './kafka/kafka-publisher.js';
export { type KafkaSettings, readKafkaSettings, type SaslSettings } from './kafka/kafka-settings.js';
export type { RelayLogger } from './kafka/relay-logger.js';
export type { TopicSettings } from './kafka/topic-layout.js';
export { TopicsRefused } from './kafka/topics-refused.js';
export { openPostgresRelayLedger, type PostgresRelayLedgerOptions } from './ledger/postgres-relay-ledger.js';
export { openSqliteRelayLedger, type SqliteRelayLedgerOptions } from './ledger/sqlite-relay-ledger.js';
export {
  type MemoryAccess,
  openPostgresRelayMemory,
  openSqliteRelayMemory,
  type RelayMemory,
} from './ledger/relay-memory.js';
export type { Withheld, WithheldAttribute } from './messages/published-attributes.js';
export { type RelayMessage, topicName, type TopicRole } from './messages/relay-message.js';
export { concernsRelay } from './relay/concerns-relay.js';
export { EventRelay, type EventRelayOptions } from './relay/event-relay.js';
export type { ParkedKey, ParkedKeyRequest } from './relay/parked-key.js';
export { ParkedKeys } from './relay/parked-keys.js';
export { type Publisher, PublisherUnavailable, type PublishResult } from './relay/publisher.js';
export { publishingCost } from './relay/publishing-cost.js';
export { LedgerRefused, type RelayLedger } from './relay/relay-ledger.js';
export type { RelayObserver } from './relay/relay-observer.js';
