import type { GroupMember, ResourceState, UserState } from '#directory-domain';
import type { StreamOwner } from '#event-catalog';
import { stateHeaders } from './cloud-event-headers.js';
import type { ResourceEvent } from './event-message.js';
import { membershipKey, resourceKey } from './message-keys.js';
import { publishedAttributes, type Withheld } from './published-attributes.js';
import type { RelayMessage } from './relay-message.js';

/** What a user or group is after an event; a tombstone where it is no more. */
export function resourceStateMessage(
  envelope: ResourceEvent,
  owner: StreamOwner,
  state: UserState | ResourceState,
  withheld: Withheld,
): RelayMessage {
  const { tenantId, kind, id } = owner;
  const headers = stateHeaders(envelope, owner, kind);
  if (state.status !== 'provisioned') return { topic: `${kind}s`, key: resourceKey(owner), value: null, headers };
  const value = JSON.stringify({
    tenant: tenantId,
    id,
    ...('enabled' in state && { enabled: state.enabled }),
    attributes: publishedAttributes(state.attributes, withheld),
    created: new Date(state.created).toISOString(),
    lastModified: new Date(state.lastModified).toISOString(),
  });
  return { topic: `${kind}s`, key: resourceKey(owner), value, headers };
}

export function membershipMessage(envelope: ResourceEvent, group: StreamOwner, member: GroupMember): RelayMessage {
  const { tenantId: tenant, id: groupId } = group;
  return {
    topic: 'memberships',
    key: membershipKey(tenant, groupId, member.value),
    value: JSON.stringify({ tenant, groupId, member, since: new Date(envelope.metadata.occurredAt).toISOString() }),
    headers: stateHeaders(envelope, group, 'membership', `/${member.value}`),
  };
}

export function membershipTombstone(envelope: ResourceEvent, group: StreamOwner, member: string): RelayMessage {
  return {
    topic: 'memberships',
    key: membershipKey(group.tenantId, group.id, member),
    value: null,
    headers: stateHeaders(envelope, group, 'membership', `/${member}`),
  };
}
