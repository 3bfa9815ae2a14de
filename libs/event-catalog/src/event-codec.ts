import type { JsonObject, TenantId } from '#kernel';
import type { EventRecord, RecordedEvent } from '#event-store';
import type { DirectoryEvent, EventEnvelope } from './directory-event.js';
import type { EventMetadata } from './event-metadata.js';
import { type EventType, eventTypes } from './event-types.js';

/** A stored event that this version of the code cannot read. Whoever meets one stops; skipping would lose a fact. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';

  constructor(
    readonly eventId: string,
    readonly eventType: string,
    readonly reason: string,
  ) {
    super(`Event ${eventId} of type ${eventType} cannot be read: ${reason}`);
  }
}

/** The one reader and the one writer of stored events. */
export class EventCodec {
  readonly #types: Readonly<Record<string, EventType>>;
  readonly #names: ReadonlyMap<string, string>;

  constructor(types: Readonly<Record<string, EventType>> = eventTypes) {
    this.#types = types;
    this.#names = new Map(Object.entries(types).map(([name, type]) => [type.storedAs, name]));
  }

  encode(id: string, event: DirectoryEvent, metadata: EventMetadata): EventRecord {
    const type = this.#types[event.type] as EventType;
    return {
      id,
      type: type.storedAs,
      data: event.data as unknown as JsonObject,
      metadata: {
        $correlationId: metadata.correlationId,
        $causationId: metadata.causationId,
        tenant: metadata.tenantId,
        actor: metadata.actor,
        requestId: metadata.requestId,
        commandId: metadata.commandId,
        schemaVersion: String(type.version),
        occurredAt: new Date(metadata.occurredAt).toISOString(),
      },
    };
  }

  /** @throws UnreadableEventError for a type or schema version this code does not know, or broken metadata. */
  decode(recorded: RecordedEvent): EventEnvelope {
    const name = this.#names.get(recorded.type);
    if (name === undefined) throw new UnreadableEventError(recorded.id, recorded.type, 'the type is not known');
    const { id: eventId, stream, revision, position, recordedAt } = recorded;
    const data = this.#upcast(recorded, this.#types[name] as EventType);
    const event = { type: name, data } as unknown as DirectoryEvent;
    return { event, eventId, stream, revision, position, recordedAt, metadata: readMetadata(recorded) };
  }

  #upcast(recorded: RecordedEvent, type: EventType): JsonObject {
    const version = Number(recorded.metadata['schemaVersion']);
    if (!Number.isInteger(version) || version < 1 || version > type.version) {
      const reason = `its schema version is ${recorded.metadata['schemaVersion']}, known are 1 to ${type.version}`;
      throw new UnreadableEventError(recorded.id, recorded.type, reason);
    }
    return type.upcasters.slice(version - 1).reduce((data, upcast) => upcast(data), recorded.data);
  }
}

function readMetadata(recorded: RecordedEvent): EventMetadata {
  const { metadata } = recorded;
  const read = (key: string): string => {
    const value = metadata[key];
    if (value === undefined) throw new UnreadableEventError(recorded.id, recorded.type, `its metadata lacks ${key}`);
    return value;
  };
  const occurredAt = Date.parse(read('occurredAt'));
  if (Number.isNaN(occurredAt)) throw new UnreadableEventError(recorded.id, recorded.type, 'occurredAt is not a date');
  return {
    tenantId: read('tenant') as TenantId,
    actor: read('actor'),
    requestId: read('requestId'),
    commandId: read('commandId'),
    correlationId: read('$correlationId'),
    causationId: read('$causationId'),
    occurredAt,
  };
}

export const eventCodec = new EventCodec();
