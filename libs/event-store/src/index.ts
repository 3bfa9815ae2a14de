export {
  type AppendResult,
  type EventRecord,
  type EventStore,
  type EventStoreCapabilities,
  EventStoreUnavailable,
  type ExpectedRevision,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamAppend,
  type SubscribeOptions,
} from './event-store.js';
export { type Position, type Revision, type StreamName, beforeFirstPosition } from './stream-name.js';
