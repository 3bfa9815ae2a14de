import { eventTypes } from '#event-catalog';
import { type EventStore, type Position, type RecordedEvent, revisionAfter, type StreamName } from '#event-store';
import { InterceptedStore } from './intercepted-store.js';

/**
 * Makes a process skip the step of the name-claim protocol that voids an undecided claim: it believes to have written
 * `NameClaimAbandoned` to the owner's stream, and nobody else ever sees it. A control that the model check can fail.
 */
export function withoutAbandoning(store: EventStore): EventStore {
  const imagined = new Map<StreamName, RecordedEvent>();
  return new InterceptedStore(store, async (call, perform) => {
    if (call.operation === 'read') {
      const event = imagined.get(call.stream);
      imagined.delete(call.stream);
      const events = (await perform()) as readonly RecordedEvent[];
      return event ? [...events, event] : events;
    }
    const [append] = call.appends;
    const [event] = append?.events ?? [];
    if (event?.type !== eventTypes.NameClaimAbandoned.storedAs || !append) return perform();
    const { stream, expected } = append;
    imagined.set(stream, {
      ...event,
      stream,
      revision: revisionAfter(expected),
      position: 0n as Position,
      recordedAt: 0,
    });
    return { outcome: 'appended', position: 0n };
  });
}
