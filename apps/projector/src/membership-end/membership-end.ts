import { type Clock, type CommandId, ok, type ResourceId, type TenantId } from '#kernel';
import { type CommandContext, derivedUuid, type DirectoryCommands, type DirectoryLog } from '#command-handling';
import type { DirectoryReader } from '#directory-view';
import type { GroupEvent } from '#directory-domain';
import type { EventEnvelope } from '#event-catalog';
import {
  type CheckpointMove,
  type CheckpointSignal,
  type Ownership,
  type ProcessCheckpoint,
  type ProjectionTarget,
  TargetUnavailableError,
} from '#projections';
import { withPassingFailures } from './passing-failure.js';

type ResourcesByTenant = ReadonlyMap<TenantId, ReadonlySet<string>>;
type GroupMembershipChanged = Extract<GroupEvent, { type: 'GroupMembershipChanged' }>;

/** How long the view may need to hear of a deletion before the batch is tried again, milliseconds. */
const patience = 10_000;

export interface MembershipEndOptions {
  readonly commands: DirectoryCommands;
  readonly log: Pick<DirectoryLog, 'isDeprovisioned'>;
  readonly reader: Pick<DirectoryReader, 'groupsWithMember' | 'provisionedAmong'>;
  /** Progress of the view that `reader` reads. */
  readonly view: CheckpointSignal;
  readonly checkpoint: ProcessCheckpoint;
  readonly clock: Clock;
}

/**
 * Ends the memberships of what was deprovisioned, as facts in the groups' own streams: consumers of permissions have to
 * see a removal, and a replay must not depend on a cascade in some database. Whoever adds a member may not have heard of
 * its end, so both are looked at: who was a member when it ended, and who was added after that.
 *
 * A process manager shaped as a projection: its rows are commands. It may repeat a batch after a crash, which changes
 * nothing: removing somebody who is not a member is no event.
 */
export class MembershipEnd implements ProjectionTarget {
  constructor(private readonly options: MembershipEndOptions) {}

  async acquire(): Promise<Ownership> {
    return withPassingFailures(() => this.options.checkpoint.acquire());
  }

  async apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    await withPassingFailures(async () => {
      const last = batch.at(-1);
      if (last) await this.#viewHasSeen(last);
      const alive = await this.#aliveAmongAdded(batch);
      const busy = await Promise.all(batch.map((envelope) => this.#endMemberships(envelope, alive)));
      await this.options.checkpoint.move(move, busy.includes(true));
    });
  }

  /** @returns whether the event ended anything. */
  async #endMemberships(envelope: EventEnvelope, alive: ResourcesByTenant): Promise<boolean> {
    const { event } = envelope;
    switch (event.type) {
      case 'UserDeprovisioned':
        return this.#endAllOf(envelope, event.data.userId);
      case 'GroupDeprovisioned':
        return this.#endAllOf(envelope, event.data.groupId);
      case 'GroupMembershipChanged':
        return this.#endBelated(envelope, event.data, alive);
      default:
        return false;
    }
  }

  /** Those of the members added in the batch that the view has, looked up at once. */
  async #aliveAmongAdded(batch: readonly EventEnvelope[]): Promise<ResourcesByTenant> {
    const added = new Map<TenantId, Set<string>>();
    for (const { event, metadata } of batch) {
      if (event.type !== 'GroupMembershipChanged') continue;
      const ids = added.get(metadata.tenantId) ?? new Set();
      added.set(metadata.tenantId, ids);
      for (const { value } of event.data.added) ids.add(value);
    }
    const alive = new Map<TenantId, ReadonlySet<string>>();
    for (const [tenant, ids] of added) {
      if (ids.size > 0) alive.set(tenant, await this.options.reader.provisionedAmong(tenant, [...ids]));
    }
    return alive;
  }

  async #endAllOf(envelope: EventEnvelope, memberId: ResourceId): Promise<boolean> {
    const groups = await this.options.reader.groupsWithMember(envelope.metadata.tenantId, memberId);
    await Promise.all(groups.map((groupId) => this.#remove(envelope, groupId as ResourceId, [memberId])));
    return groups.length > 0;
  }

  async #endBelated(
    envelope: EventEnvelope,
    { groupId, added }: GroupMembershipChanged['data'],
    alive: ResourcesByTenant,
  ): Promise<boolean> {
    const { tenantId } = envelope.metadata;
    const ids = added.map(({ value }) => value as ResourceId);
    // The others ended, or were never of this server: only the log tells, at two reads an id.
    const missing = ids.filter((id) => !alive.get(tenantId)?.has(id));
    const isGone = await Promise.all(missing.map((id) => this.options.log.isDeprovisioned(tenantId, id)));
    const gone = missing.filter((_, index) => isGone[index]);
    if (gone.length > 0) await this.#remove(envelope, groupId, gone);
    return gone.length > 0;
  }

  /**
   * Ids are not given twice, so what the view still has by then did not end before its event; and an end after it meets
   * the membership in the view.
   *
   * @throws TargetUnavailableError
   */
  async #viewHasSeen({ position }: EventEnvelope): Promise<void> {
    if (await this.options.view.reached(position, patience)) return;
    throw new TargetUnavailableError('The view has not come to the event yet');
  }

  async #remove(cause: EventEnvelope, groupId: ResourceId, ids: readonly string[]): Promise<void> {
    await this.options.commands.changeGroup<never>(this.#context(cause, groupId), { id: groupId }, ({ attributes }) =>
      ok({ attributes, membership: [{ kind: 'remove', ids }] }),
    );
  }

  #context({ eventId, metadata }: EventEnvelope, groupId: string): CommandContext {
    return {
      tenantId: metadata.tenantId,
      actor: 'process:membership-end',
      commandId: derivedUuid(eventId, groupId) as CommandId,
      requestId: metadata.requestId,
      correlationId: metadata.correlationId,
      causationId: eventId,
      occurredAt: this.options.clock.now(),
    };
  }
}
