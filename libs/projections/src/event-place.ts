import type { EventEnvelope } from '#event-catalog';
import type { RecordedEvent, Revision, StreamName } from '#event-store';

/** Which event stands where in its stream. Where a log has parted from another one, a stream of it has another event there. */
export interface EventPlace {
  readonly stream: StreamName;
  readonly revision: Revision;
  /** Of the event. */
  readonly id: string;
}

export function placeOf({ stream, revision, eventId }: EventEnvelope): EventPlace {
  return { stream, revision, id: eventId };
}

export function placeOfRecorded({ stream, revision, id }: RecordedEvent): EventPlace {
  return { stream, revision, id };
}

/** As it is kept beside a checkpoint; null for none. */
export function placeToText(place: EventPlace | undefined): string | null {
  return place ? JSON.stringify(place) : null;
}

/** @param text of `placeToText`; tables of earlier releases have none. */
export function placeOfText(text: string | null | undefined): EventPlace | undefined {
  return text ? (JSON.parse(text) as EventPlace) : undefined;
}
