import type { EventStore, Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../../../scim-ingress/src/index.js';

/** How long a request waits for the view, milliseconds. */
const patience = 2_000;

/**
 * For one process that both writes and reads: a read waits for the head of the log, which this process knows, so that
 * writes need not wait at all.
 */
export class WaitOnRead implements ReadYourWrites {
  constructor(
    private readonly store: EventStore,
    private readonly view: CheckpointSignal,
    private readonly membershipEnd: CheckpointSignal,
  ) {}

  async written(): Promise<void> {}

  async deprovisioned(position: Position): Promise<void> {
    await this.membershipEnd.reached(position, patience);
  }

  async readable(): Promise<boolean> {
    const head = await this.store.head();
    return this.view.hasReached(head) || this.view.reached(head, patience);
  }
}
