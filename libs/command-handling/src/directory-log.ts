import type { ResourceId, TenantId } from '#kernel';
import {
  absentGroup,
  absentUser,
  evolveGroup,
  evolveUser,
  type GroupEvent,
  type GroupMember,
  type GroupState,
  type ProvisionedGroup,
  type ProvisionedUser,
  type UserEvent,
  type UserState,
} from '#directory-domain';
import { type EventCodec, groupStream, userStream } from '#event-catalog';
import { type EventStore, type Revision, type StreamName, streamPages } from '#event-store';

export interface LoggedUser {
  readonly state: ProvisionedUser;
  readonly revision: Revision;
}

export interface LoggedGroup {
  readonly state: ProvisionedGroup;
  readonly revision: Revision;
  readonly members: readonly GroupMember[];
}

/**
 * Resources folded from the log itself: exact whatever the read model's state, and slower with every event of the stream.
 * For when the read model is late, and to hold it against.
 */
export class DirectoryLog {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  /** @throws EventStoreUnavailable | UnreadableEventError */
  async user(tenant: TenantId, id: ResourceId): Promise<LoggedUser | undefined> {
    let state: UserState = absentUser;
    let last = 0 as Revision;
    for await (const page of this.#pages<UserEvent>(userStream(tenant, id))) {
      for (const { event, at, revision } of page) {
        state = evolveUser(state, event, at);
        last = revision;
      }
    }
    return state.status === 'provisioned' ? { state, revision: last } : undefined;
  }

  /** @throws EventStoreUnavailable | UnreadableEventError */
  async group(tenant: TenantId, id: ResourceId): Promise<LoggedGroup | undefined> {
    let state: GroupState = absentGroup;
    let last = 0 as Revision;
    const members = new Map<string, GroupMember>();
    for await (const page of this.#pages<GroupEvent>(groupStream(tenant, id))) {
      for (const { event, at, revision } of page) {
        state = evolveGroup(state, event, at);
        last = revision;
        if (event.type !== 'GroupMembershipChanged') continue;
        for (const gone of event.data.removed) members.delete(gone);
        for (const member of event.data.added) members.set(member.value, member);
      }
    }
    return state.status === 'provisioned' ? { state, revision: last, members: [...members.values()] } : undefined;
  }

  /**
   * Whether the id was a user's or a group's that is gone for good: ids are not given twice. One event is read of each.
   *
   * @throws EventStoreUnavailable | UnreadableEventError
   */
  async isDeprovisioned(tenant: TenantId, id: ResourceId): Promise<boolean> {
    const ends = [userStream(tenant, id), groupStream(tenant, id)].map(async (stream) => {
      const [last] = await this.store.readStream(stream, { direction: 'backwards', limit: 1 });
      return last && this.codec.decode(last).event.type;
    });
    const types = await Promise.all(ends);
    return types.includes('UserDeprovisioned') || types.includes('GroupDeprovisioned');
  }

  async *#pages<Event>(stream: StreamName): AsyncGenerator<{ event: Event; at: number; revision: Revision }[]> {
    for await (const page of streamPages(this.store, stream, 0 as Revision)) {
      yield page.map((recorded) => {
        const { event, metadata, revision } = this.codec.decode(recorded);
        return { event: event as Event, at: metadata.occurredAt, revision };
      });
    }
  }
}
