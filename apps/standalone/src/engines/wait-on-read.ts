import type { EventStore, Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../../../scim-ingress/src/index.js';

/** How long a request waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;

/**
 * For one process that both writes and reads: a read waits for the head of the log, which this process knows, so that
 * writes need not wait at all.
 */
export class WaitOnRead implements ReadYourWrites {
  #lastDeletion: Position;

  /**
   * @param startedAt where the log ended when the process started: an earlier process may have answered a deletion up to
   *     there, and ended before the memberships did.
   */
  constructor(
    private readonly store: Pick<EventStore, 'head'>,
    private readonly view: CheckpointSignal,
    private readonly membershipEnd: CheckpointSignal,
    startedAt: Position,
  ) {
    this.#lastDeletion = startedAt;
  }

  async written(): Promise<void> {}

  async deprovisioned(position: Position): Promise<void> {
    if (position > this.#lastDeletion) this.#lastDeletion = position;
  }

  async readable(): Promise<boolean> {
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    if (!this.membershipEnd.hasReached(this.#lastDeletion)) {
      await this.membershipEnd.reached(this.#lastDeletion, patience);
    }
    const head = await this.store.head();
    return this.view.hasReached(head) || this.view.reached(head, patience);
  }
}
