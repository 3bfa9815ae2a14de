import { v5 as uuidV5 } from 'uuid';
import { type Clock, type CommandId, ok, type ResourceId } from '#kernel';
import type { CommandContext, DirectoryCommands } from '#command-handling';
import type { DirectoryReader } from '#directory-view';
import type { EventEnvelope } from '#event-catalog';
import {
  type CheckpointMove,
  type CheckpointSignal,
  type Ownership,
  type ProjectionTarget,
  TargetUnavailableError,
} from '#projections';
import type { ProcessCheckpoint } from './process-checkpoint.js';

/** How long the view may need to hear of a deletion before the batch is tried again, milliseconds. */
const patience = 10_000;

export interface MembershipEndOptions {
  readonly commands: DirectoryCommands;
  readonly reader: Pick<DirectoryReader, 'groupsWithMember'>;
  /** Progress of the view that `reader` reads. */
  readonly view: CheckpointSignal;
  readonly checkpoint: ProcessCheckpoint;
  readonly clock: Clock;
}

/**
 * Ends the memberships of what was deprovisioned, as facts in the groups' own streams: consumers of permissions have to
 * see a removal, and a replay must not depend on a cascade in some database.
 *
 * A process manager shaped as a projection: its rows are commands. It may repeat a batch after a crash, which changes
 * nothing: removing somebody who is not a member is no event.
 */
export class MembershipEnd implements ProjectionTarget {
  constructor(private readonly options: MembershipEndOptions) {}

  async acquire(): Promise<Ownership> {
    return this.options.checkpoint.acquire();
  }

  async apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    const ended = batch.filter(
      ({ event }) => event.type === 'UserDeprovisioned' || event.type === 'GroupDeprovisioned',
    );
    await Promise.all(ended.map((envelope) => this.#endMemberships(envelope)));
    this.options.checkpoint.move(move, ended.length > 0);
  }

  async #endMemberships(envelope: EventEnvelope): Promise<void> {
    const { commands, reader, view } = this.options;
    if (!(await view.reached(envelope.position, patience))) {
      throw new TargetUnavailableError('The view has not come to the deletion yet');
    }
    const memberId = idOf(envelope);
    const groups = await reader.groupsWithMember(envelope.metadata.tenantId, memberId);
    const removals = groups.map((groupId) =>
      commands.changeGroup<never>(this.#context(envelope, groupId), { id: groupId as ResourceId }, ({ attributes }) =>
        ok({ attributes, membership: [{ kind: 'remove', ids: [memberId] }] }),
      ),
    );
    await Promise.all(removals).catch((cause: unknown) => {
      throw new TargetUnavailableError('The memberships could not be ended', { cause });
    });
  }

  #context({ eventId, metadata }: EventEnvelope, groupId: string): CommandContext {
    return {
      tenantId: metadata.tenantId,
      actor: 'process:membership-end',
      commandId: uuidV5(groupId, eventId) as CommandId,
      requestId: metadata.requestId,
      correlationId: metadata.correlationId,
      causationId: eventId,
      occurredAt: this.options.clock.now(),
    };
  }
}

function idOf({ event }: EventEnvelope): string {
  if (event.type === 'UserDeprovisioned') return event.data.userId;
  if (event.type === 'GroupDeprovisioned') return event.data.groupId;
  throw new Error(`${event.type} ends no memberships`);
}
