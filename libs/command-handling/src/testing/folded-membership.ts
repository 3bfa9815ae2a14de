import type { ResourceId, TenantId } from '#kernel';
import type { GroupMember } from '#directory-domain';
import { eventCodec, groupStream } from '#event-catalog';
import type { EventStore } from '#event-store';
import type { MembershipLookup, ProjectedMembers } from '../membership/membership-reader.js';

/** Stands in for the read model: folds a group's stream up to as many events before its end as `lag` says. */
export class FoldedMembership implements MembershipLookup {
  constructor(
    private readonly store: EventStore,
    private readonly lag: () => number = () => 0,
  ) {}

  async among(tenant: TenantId, groupId: ResourceId, ids: readonly string[]): Promise<ProjectedMembers> {
    const { revision, members } = await this.all(tenant, groupId);
    const wanted = new Set(ids);
    return { revision, members: members.filter(({ value }) => wanted.has(value)) };
  }

  async all(tenant: TenantId, groupId: ResourceId): Promise<ProjectedMembers> {
    const stream = await this.store.readStream(groupStream(tenant, groupId));
    const projected = stream.slice(0, Math.max(0, stream.length - this.lag()));
    const members = new Map<string, GroupMember>();
    for (const recorded of projected) {
      const { event } = eventCodec.decode(recorded);
      if (event.type !== 'GroupMembershipChanged') continue;
      for (const id of event.data.removed) members.delete(id);
      for (const member of event.data.added) members.set(member.value, member);
    }
    return { revision: projected.at(-1)?.revision, members: [...members.values()] };
  }
}
