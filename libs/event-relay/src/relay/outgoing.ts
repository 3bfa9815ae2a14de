import { ownerOfStream, type StreamOwner } from '#event-catalog';
import type { EventEnvelope } from '#event-catalog';
import type { ResourceEvent } from '../messages/event-message.js';
import { resourceKey } from '../messages/message-keys.js';
import type { RelayMessage } from '../messages/relay-message.js';
import type { ParkedKey } from './parked-key.js';

/** An event of a user or group, and by what key its messages are ordered. */
export interface PublishableEvent {
  readonly envelope: ResourceEvent;
  readonly owner: StreamOwner;
  readonly key: string;
}

/** An event with the messages it has to be published as. */
export interface Outgoing extends PublishableEvent {
  readonly messages: readonly RelayMessage[];
}

/** Undefined for what is not published. */
export function publishable(envelope: EventEnvelope): PublishableEvent | undefined {
  const owner = ownerOfStream(envelope.stream);
  return owner && { envelope: envelope as ResourceEvent, owner, key: resourceKey(owner) };
}

export function parkedAt({ envelope, key }: PublishableEvent, reason: string, now: number): ParkedKey {
  const { stream, revision, position, eventId, event } = envelope;
  return { key, stream, revision, position, eventId, eventType: event.type, reason, parkedAt: now };
}
