export {
  type AppendIntent,
  EventIdTaken,
  type LogIndex,
  answerWithoutWriting,
  assertWellFormed,
  revisionAfter,
} from './append-rules.js';
export { catchUpSubscription } from './catch-up-subscription.js';
export {
  type AppendResult,
  AppendTooLarge,
  type EventRecord,
  type EventStore,
  type EventStoreCapabilities,
  EventStoreDamaged,
  EventStoreUnavailable,
  type ExpectedRevision,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamAppend,
  type SubscribeOptions,
} from './event-store.js';
export { InMemoryEventStore, type InMemoryEventStoreOptions } from './in-memory-event-store.js';
export { LogGrowth } from './log-growth.js';
export { type Position, type Revision, type StreamName, beforeFirstPosition } from './stream-name.js';
export { streamPages } from './stream-pages.js';
export { type StreamRange, assertCount, streamRange } from './stream-range.js';
