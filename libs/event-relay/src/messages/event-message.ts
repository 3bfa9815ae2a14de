import type { GroupEvent, UserEvent } from '#directory-domain';
import { type EventEnvelope, eventTypes, type StreamOwner } from '#event-catalog';
import { eventHeaders, messageType } from './cloud-event-headers.js';
import { resourceKey } from './message-keys.js';
import type { Withheld } from './published-attributes.js';
import { publishedData } from './published-data.js';
import type { RelayMessage } from './relay-message.js';

/** An event of a user's or group's stream. The streams of names are not published. */
export type ResourceEvent = EventEnvelope<UserEvent | GroupEvent>;

const typeOf = Object.fromEntries(
  Object.entries(eventTypes).map(([name, { storedAs, version }]) => [name, messageType(storedAs, version)]),
) as Record<keyof typeof eventTypes, string>;

/** The message of the topic of events: the fact itself, in its newest schema version. */
export function eventMessage(envelope: ResourceEvent, owner: StreamOwner, withheld: Withheld): RelayMessage {
  return {
    topic: 'events',
    key: resourceKey(owner),
    value: JSON.stringify(publishedData(envelope.event, withheld)),
    headers: eventHeaders(envelope, owner, typeOf[envelope.event.type]),
  };
}
