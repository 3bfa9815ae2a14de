import type { GroupEvent, NameClaimEvent, UserEvent } from '#directory-domain';
import type { Position, Revision, StreamName } from '#event-store';
import type { EventMetadata } from './event-metadata.js';

/** Every fact the log can hold. */
export type DirectoryEvent = UserEvent | GroupEvent | NameClaimEvent;

/** A fact as read from the log, in its newest schema version. */
export interface EventEnvelope<Event extends DirectoryEvent = DirectoryEvent> {
  readonly event: Event;
  readonly eventId: string;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
  readonly recordedAt: number;
  readonly metadata: EventMetadata;
}
