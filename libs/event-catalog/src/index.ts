export type { DirectoryEvent, EventEnvelope } from './directory-event.js';
export { EventCodec, UnreadableEventError, eventCodec } from './event-codec.js';
export type { EventMetadata } from './event-metadata.js';
export { type EventType, type Upcaster, eventTypes } from './event-types.js';
export {
  type StreamOwner,
  groupStream,
  nameStream,
  nameStreamPrefix,
  ownerOfStream,
  userStream,
} from './stream-names.js';
