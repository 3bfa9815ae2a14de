import { MostRecent, type ResourceId, type TenantId } from '#kernel';
import { type GroupMember, idsConcerned, type MembershipStep } from '#directory-domain';
import { type EventCodec, groupStream } from '#event-catalog';
import {
  type EventStore,
  type ExpectedRevision,
  type Revision,
  revisionAfter,
  type StreamName,
  streamPages,
} from '#event-store';
import { MembershipTail } from './membership-tail.js';
import { asSteps, type MembershipRequest, namesEveryId } from './membership-request.js';

/** What a read model knows of a group's members, all of it as of one revision of the group's stream. */
export interface ProjectedMembers {
  /** Undefined where the read model does not know the group (yet) or cannot be asked: then the log alone tells. */
  readonly revision: number | undefined;
  readonly members: readonly GroupMember[];
}

/** Members from the read model's rows; late is fine, wrong for its revision is not. */
export interface MembershipLookup {
  /** Those of the given ids that are members. */
  among(tenant: TenantId, groupId: ResourceId, ids: readonly string[]): Promise<ProjectedMembers>;
  all(tenant: TenantId, groupId: ResourceId): Promise<ProjectedMembers>;
}

/** Membership requests made decidable: by id, and which of these ids are members at a revision. */
export interface DecidableMembership {
  readonly steps: readonly MembershipStep[];
  readonly present: ReadonlySet<string>;
}

/** Most groups whose tails are remembered. */
const mostTails = 100;

/**
 * Finds out who is a member without loading a group's members: rows of the read model as of the revision they stand at,
 * and the events of the group's stream after that. The cost follows the request and the read model's lag, not the group;
 * only requests about everybody (replace, remove by a filter) read everybody.
 */
export class MembershipReader {
  /** Of groups whose rows are late: what was read of their streams, so that an event is not read again by every command. */
  readonly #tails = new MostRecent<StreamName, MembershipTail>(mostTails);

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly lookup: MembershipLookup,
  ) {}

  /**
   * @param revision the end of the group's stream as the caller loaded it.
   * @returns undefined where the read model is ahead of that revision: the caller has to load again.
   * @throws EventStoreUnavailable | UnreadableEventError, and what the look-up throws.
   */
  async decidable(
    tenant: TenantId,
    groupId: ResourceId,
    revision: ExpectedRevision,
    requests: readonly MembershipRequest[],
  ): Promise<DecidableMembership | undefined> {
    if (requests.length === 0) return { steps: [], present: new Set() };
    if (namesEveryId(requests)) {
      const ids = idsConcerned(requests);
      const projected = await this.lookup.among(tenant, groupId, [...ids]);
      const members = await this.#caughtUp(tenant, groupId, revision, projected, ids);
      return members && { steps: requests, present: new Set(members.keys()) };
    }
    const members = await this.#caughtUp(tenant, groupId, revision, await this.lookup.all(tenant, groupId), undefined);
    return members && { steps: asSteps(requests, members), present: new Set(members.keys()) };
  }

  /** Applies what happened after the rows' revision; `ids` limits it to these. */
  async #caughtUp(
    tenant: TenantId,
    groupId: ResourceId,
    revision: ExpectedRevision,
    projected: ProjectedMembers,
    ids: ReadonlySet<string> | undefined,
  ): Promise<Map<string, GroupMember> | undefined> {
    const stream = groupStream(tenant, groupId);
    const since = projected.revision === undefined ? 0 : projected.revision + 1;
    const end = revisionAfter(revision);
    if (since > end) return undefined;
    const members = new Map(projected.members.map((member) => [member.value, member]));
    if (since === end) {
      this.#tails.delete(stream);
      return members;
    }
    const tail = await this.#tail(stream, since, end);
    if (tail.next > end) return undefined;
    tail.bringUpToDate(members, since, ids);
    return members;
  }

  /** What happened from `since` (or earlier) up to `end`. */
  async #tail(stream: StreamName, since: number, end: number): Promise<MembershipTail> {
    const known = this.#tails.get(stream);
    // Begun anew once the rows have passed half of it, so that it is never longer than twice their lateness.
    const isOfUse = known && known.from <= since && since - known.from <= known.next - since;
    const tail = isOfUse ? known : new MembershipTail(since);
    for await (const page of streamPages(this.store, stream, tail.next as Revision, end)) {
      // Another command on the group may have read the same events meanwhile.
      for (const recorded of page) if (recorded.revision === tail.next) tail.add(this.codec.decode(recorded).event);
    }
    this.#tails.set(stream, tail);
    return tail;
  }
}
