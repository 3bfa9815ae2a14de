import { type EventStore, type Position, beforeFirstPosition } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../../../scim-ingress/src/index.js';

/** How long a request waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;

/**
 * For one process that both writes and reads: a read waits for the head of the log, which this process knows, so that
 * writes need not wait at all.
 */
export class WaitOnRead implements ReadYourWrites {
  /** The last deletion answered since the process started; it is not ready before the ends of earlier ones are made good. */
  #lastDeletion = beforeFirstPosition;

  constructor(
    private readonly store: Pick<EventStore, 'head'>,
    private readonly view: CheckpointSignal,
    private readonly membershipEnd: CheckpointSignal,
  ) {}

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
