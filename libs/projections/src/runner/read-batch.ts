import type { EventEnvelope } from '#event-catalog';
import type { RecordedEvent } from '#event-store';
import type { ProjectionFailure } from './projection-state.js';

/** @throws whatever says that the event cannot be read, e.g. `UnreadableEventError`. */
export type ReadEvent = (recorded: RecordedEvent) => EventEnvelope;

/** The events up to the first that cannot be read, and why that one cannot. */
export function readBatch(
  recorded: readonly RecordedEvent[],
  read: ReadEvent,
): { readonly events: readonly EventEnvelope[]; readonly failure?: ProjectionFailure } {
  const events: EventEnvelope[] = [];
  for (const event of recorded) {
    try {
      events.push(read(event));
    } catch (cause) {
      const { id: eventId, type: eventType, position } = event;
      return { events, failure: { kind: 'unreadable', eventId, eventType, position, cause } };
    }
  }
  return { events };
}
