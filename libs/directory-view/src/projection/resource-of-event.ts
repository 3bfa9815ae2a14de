import type { EventEnvelope } from '#event-catalog';
import type { ResourceKey } from '../tables/resource-row.js';

/** The user or group whose stream the event stands in; undefined for the streams of names. */
export function resourceOfEvent({
  event,
  stream,
  metadata: { tenantId: tenant },
}: EventEnvelope): ResourceKey | undefined {
  switch (event.type) {
    case 'UserProvisioned':
    case 'UserProfileChanged':
    case 'UserDeactivated':
    case 'UserReactivated':
    case 'UserDeprovisioned':
      return { tenant, type: 'User', id: event.data.userId };
    case 'GroupProvisioned':
    case 'GroupProfileChanged':
    case 'GroupMembershipChanged':
    case 'GroupDeprovisioned':
      return { tenant, type: 'Group', id: event.data.groupId };
    case 'NameClaimAbandoned': {
      // The only event that users' and groups' streams share; its data does not say whose it is.
      const user = `scim.user-${tenant}.`;
      if (stream.startsWith(user)) return { tenant, type: 'User', id: stream.slice(user.length) };
      return { tenant, type: 'Group', id: stream.slice(`scim.group-${tenant}.`.length) };
    }
    case 'NameClaimed':
    case 'NameReleased':
      return undefined;
  }
}
