import type { TenantId } from '#kernel';
import { beforeFirstPosition, type Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadScope, ReadYourWrites } from '../../../scim-ingress/src/index.js';
import type { UnseenChanges } from './unseen-changes.js';

/** How long a request waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;

export interface WaitOnReadOptions {
  readonly view: CheckpointSignal;
  readonly membershipEnd: CheckpointSignal;
  readonly unseen: Pick<UnseenChanges, 'lastConcerning'>;
  /**
   * Where the log ended when the process started: an earlier process may have answered a deletion up to there, of any
   * tenant, and ended before the memberships did.
   */
  readonly startedAt: Position;
}

/**
 * For one process that alone writes and reads: a read waits for what was written last, which this process knows, so that
 * writes need not wait at all; and only where something was written that can change its answer.
 */
export class WaitOnRead implements ReadYourWrites {
  readonly #options: WaitOnReadOptions;
  readonly #lastDeletions = new Map<TenantId, Position>();

  constructor(options: WaitOnReadOptions) {
    this.#options = options;
  }

  async written(): Promise<void> {}

  async deprovisioned(tenant: TenantId, position: Position): Promise<void> {
    if (position > this.#lastDeletion(tenant)) this.#lastDeletions.set(tenant, position);
  }

  isCurrent(scope: ReadScope): boolean {
    const { view, membershipEnd, unseen } = this.#options;
    return view.hasReached(unseen.lastConcerning(scope)) && membershipEnd.hasReached(this.#deletionThatShows(scope));
  }

  showsDeleted(scope: ReadScope): boolean {
    return !this.#options.membershipEnd.hasReached(this.#deletionThatShows(scope));
  }

  async readable(scope: ReadScope): Promise<boolean> {
    const { view, membershipEnd, unseen } = this.#options;
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    const deletion = this.#deletionThatShows(scope);
    if (!membershipEnd.hasReached(deletion) && !(await membershipEnd.reached(deletion, patience))) return false;
    const last = unseen.lastConcerning(scope);
    return view.hasReached(last) || view.reached(last, patience);
  }

  /**
   * Whoever was deleted is shown as a member until the group's stream says otherwise. A group that was deleted is shown of
   * nobody any more, so users need not wait.
   */
  #deletionThatShows(scope: ReadScope): Position {
    const showsMembers = scope.of !== 'bearer' && scope.type === 'Group' && scope.withMemberships;
    return showsMembers ? this.#lastDeletion(scope.tenant) : beforeFirstPosition;
  }

  #lastDeletion(tenant: TenantId): Position {
    return this.#lastDeletions.get(tenant) ?? this.#options.startedAt;
  }
}
