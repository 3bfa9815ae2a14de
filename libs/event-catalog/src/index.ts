export type { DirectoryEvent, EventEnvelope } from './directory-event.js';
export type { EventMetadata } from './event-metadata.js';
