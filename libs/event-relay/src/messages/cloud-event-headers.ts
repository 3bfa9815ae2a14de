import type { EventEnvelope, StreamOwner } from '#event-catalog';

/** Digits of the largest position there can be (64 bits), so that text order is log order. */
const positionDigits = 20;

/** What every message of an event says of it: CloudEvents 1.0 in binary mode, extension attributes included. */
function originOf({ eventId, position, revision }: EventEnvelope, { tenantId, kind, id }: StreamOwner) {
  return {
    ce_specversion: '1.0',
    ce_id: eventId,
    ce_source: `/tenants/${tenantId}/${kind}s/${id}`,
    ce_streamrevision: String(revision),
    ce_sequence: String(position).padStart(positionDigits, '0'),
  };
}

/** @param type see `messageType`. */
export function eventHeaders(envelope: EventEnvelope, owner: StreamOwner, type: string): Record<string, string> {
  const { actor, correlationId, causationId, occurredAt } = envelope.metadata;
  const headers: Record<string, string> = {
    ...originOf(envelope, owner),
    ce_type: type,
    ce_time: new Date(occurredAt).toISOString(),
    'content-type': 'application/json',
    ce_tenant: owner.tenantId,
    ce_actor: actor,
    ce_correlationid: correlationId,
  };
  // A client's request is its own cause; only what followed from another event has one to name.
  if (causationId !== correlationId) headers['ce_causationid'] = causationId;
  return headers;
}

/** What a consumer decides by how to read a value; the contract has a JSON Schema of each. */
export function messageType(name: string, version: number): string {
  return `${name}.v${version}`;
}

export const stateTypes = {
  user: messageType('user.state', 1),
  group: messageType('group.state', 1),
  membership: messageType('membership.state', 1),
} as const;

/** @param part tells the messages of one event and type apart. */
export function stateHeaders(
  envelope: EventEnvelope,
  owner: StreamOwner,
  kind: keyof typeof stateTypes,
  part = '',
): Record<string, string> {
  const headers = originOf(envelope, owner);
  const id = `${headers.ce_id}/${kind}${part}`;
  return { ...headers, ce_id: id, ce_type: stateTypes[kind], 'content-type': 'application/json' };
}
