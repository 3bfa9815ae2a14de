import { type GroupEvent, applyProfileChange } from '#directory-domain';
import type { EventEnvelope } from '#event-catalog';
import { type Instant, addMember, endAllMemberships, endMembership } from '../membership/change-members.js';
import type { Resource, ResourceKey } from '../tables/resource-row.js';
import type { BatchRows } from './batch-rows.js';
import { resourceOfEvent } from './resource-of-event.js';

type Membership = Extract<GroupEvent, { type: 'GroupMembershipChanged' }>['data'];

/**
 * What one event does to the rows. A function of the log alone: it reads no clock and makes no id, so that a view built
 * again is equal byte for byte. Throws where the event contradicts what came before it.
 */
export function projectEvent(rows: BatchRows, envelope: EventEnvelope): void {
  const key = resourceOfEvent(envelope);
  if (!key) return;
  const { event, position, revision, metadata } = envelope;
  const { resources } = rows;
  const at = metadata.occurredAt;
  const existing = (): Resource => {
    const resource = resources.get(key);
    if (!resource) throw new Error(`${key.type} ${key.id} does not exist.`);
    return resource;
  };
  const change = (changes: Partial<Resource>) => resources.put({ ...existing(), revision, ...changes });

  switch (event.type) {
    case 'UserProvisioned':
    case 'GroupProvisioned': {
      if (resources.get(key)) throw new Error(`${key.type} ${key.id} exists already.`);
      const document = event.data.attributes;
      return resources.put({ ...key, seq: position, revision, document, created: at, lastModified: at });
    }
    case 'UserProfileChanged':
    case 'GroupProfileChanged':
      return change({ document: applyProfileChange(existing().document, event.data), lastModified: at });
    case 'UserDeactivated':
      return change({ document: { ...existing().document, active: false }, lastModified: at });
    case 'UserReactivated':
      return change({ document: { ...existing().document, active: true }, lastModified: at });
    case 'GroupMembershipChanged':
      change({ lastModified: at });
      return changeMembers(rows, key, event.data, { position, time: at });
    case 'UserDeprovisioned':
      // Memberships stay: each ends with an event of its group, which other readers of the log have to see as well.
      existing();
      return resources.remove(key);
    case 'GroupDeprovisioned':
      existing();
      endAllMemberships(rows.transaction, key.tenant, key.id, { position, time: at });
      return resources.remove(key);
    case 'NameClaimAbandoned':
      // A client sees nothing of it but the version. A claim may be abandoned before its owner exists or after it is gone.
      return resources.get(key) ? change({}) : undefined;
    case 'NameClaimed':
    case 'NameReleased':
      return;
  }
}

function changeMembers(rows: BatchRows, { tenant, id: groupId }: ResourceKey, change: Membership, at: Instant): void {
  for (const memberId of change.removed) endMembership(rows.transaction, tenant, groupId, memberId, at);
  for (const { value, type = rows.typeOf(tenant, value), display } of change.added) {
    addMember(rows.transaction, tenant, groupId, { id: value, type, display }, at);
  }
}
