import type { Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadScope, ReadYourWrites } from '../../../scim-ingress/src/index.js';
import type { UnseenChanges } from './unseen-changes.js';

/** How long a request waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;

export interface WaitOnReadOptions {
  readonly view: CheckpointSignal;
  readonly membershipEnd: CheckpointSignal;
  readonly unseen: Pick<UnseenChanges, 'concern' | 'last'>;
  /**
   * Where the log ended when the process started: an earlier process may have answered a deletion up to there, and ended
   * before the memberships did.
   */
  readonly startedAt: Position;
}

/**
 * For one process that alone writes and reads: a read waits for what was written last, which this process knows, so that
 * writes need not wait at all; and only where something was written that can change its answer.
 */
export class WaitOnRead implements ReadYourWrites {
  readonly #options: WaitOnReadOptions;
  #lastDeletion: Position;

  constructor(options: WaitOnReadOptions) {
    this.#options = options;
    this.#lastDeletion = options.startedAt;
  }

  async written(): Promise<void> {}

  async deprovisioned(position: Position): Promise<void> {
    if (position > this.#lastDeletion) this.#lastDeletion = position;
  }

  isCurrent(scope: ReadScope): boolean {
    const { view, unseen } = this.#options;
    const isSeen = scope.of === 'everything' ? view.hasReached(unseen.last) : !unseen.concern(scope);
    return isSeen && (!showsMembers(scope) || this.#membershipsHaveEnded);
  }

  async readable(): Promise<boolean> {
    const { view, membershipEnd, unseen } = this.#options;
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    if (!this.#membershipsHaveEnded) await membershipEnd.reached(this.#lastDeletion, patience);
    const { last } = unseen;
    return view.hasReached(last) || view.reached(last, patience);
  }

  get #membershipsHaveEnded(): boolean {
    return this.#options.membershipEnd.hasReached(this.#lastDeletion);
  }
}

/** Whoever was deleted is shown as a member until the group's stream says otherwise. */
function showsMembers(scope: ReadScope): boolean {
  return scope.of === 'everything' || (scope.type === 'Group' && scope.withMemberships);
}
