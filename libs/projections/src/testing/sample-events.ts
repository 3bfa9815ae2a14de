import type { TenantId } from '#kernel';
import type { EventEnvelope } from '#event-catalog';
import type { EventRecord, EventStore, Position, Revision, StreamName } from '#event-store';

/** An event about nothing that matters here, at a position of the log. */
export function envelope(position: number): EventEnvelope {
  const id = `event-${position}`;
  return {
    event: { type: 'NameReleased', data: { claimId: id } },
    eventId: id,
    stream: 'scim.name-acme.key' as StreamName,
    revision: (position - 1) as Revision,
    position: BigInt(position) as Position,
    recordedAt: 0,
    metadata: {
      tenantId: 'acme' as TenantId,
      actor: 'credential:test',
      requestId: 'request',
      commandId: 'command',
      correlationId: 'correlation',
      causationId: 'causation',
      occurredAt: 0,
    },
  };
}

/** Appends events `<prefix>-<from>` and so on to one stream, where no other is being written. */
export async function appendSamples(log: EventStore, from: number, count: number, prefix = 'event'): Promise<Position> {
  const events = Array.from({ length: count }, (_, index): EventRecord => {
    return { id: `${prefix}-${from + index}`, type: 'sample', data: {}, metadata: {} };
  });
  const expected = from === 1 ? ('no-stream' as const) : ((from - 2) as Revision);
  const result = await log.append([{ stream: 'scim.name-acme.key' as StreamName, expected, events }]);
  if (result.outcome !== 'appended') throw new Error(`The samples were not appended: ${result.outcome}`);
  return result.position;
}
