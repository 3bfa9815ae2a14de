import { type EventData, jsonEvent } from '@eventstore/db-client';
import { EventIdTaken, type EventRecord } from '#event-store';

/**
 * Events as they will be sent, copied when they are handed over: the client turns them to text later, where what cannot
 * be text would be a rejection nobody handles, and the caller may go on using its objects.
 *
 * @throws EventIdTaken for an id that is used twice. One that is used elsewhere in the log cannot be known here.
 */
export function encodeEvents(events: readonly EventRecord[]): EventData[] {
  const ids = new Set<string>();
  return events.map(({ id, type, data, metadata }) => {
    if (ids.has(id)) throw new EventIdTaken(id);
    ids.add(id);
    return jsonEvent({ id, type, data: copy(data), metadata: copy(metadata) });
  });
}

function copy<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
