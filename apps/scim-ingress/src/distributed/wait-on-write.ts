import { Histogram } from 'prom-client';
import type { EventStore, Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../reading/read-your-writes.js';

/** How long an answer waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;

const waits = new Histogram({
  name: 'scim_write_wait_seconds',
  help: 'How long answers to writes waited for the view to show them',
  buckets: [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, patience / 1_000],
});

export interface WaitOnWriteOptions {
  readonly store: Pick<EventStore, 'head'>;
  /** What is heard of the view's checkpoint, whichever process moves it. */
  readonly view: CheckpointSignal;
  readonly membershipEnd: CheckpointSignal;
}

/**
 * For one of several processes that write, while another one builds the view: whoever writes waits until the view has it
 * before it answers, so that a read on any node finds it there, and nodes need not know of one another.
 *
 * Where the view is late the write is answered all the same, for it is in the log. This process knows what it answered
 * so, and that the view stands still, and then reads the log; of a view that only lags, other nodes learn nothing.
 */
export class WaitOnWrite implements ReadYourWrites {
  readonly #options: WaitOnWriteOptions;
  /** The last position that was answered, seen by the view or not. */
  #answered: Position | undefined;

  constructor(options: WaitOnWriteOptions) {
    this.#options = options;
  }

  async written(position: Position): Promise<void> {
    if (this.#answered === undefined || position > this.#answered) this.#answered = position;
    const waited = waits.startTimer();
    await this.#options.view.reached(position, patience);
    waited();
  }

  async deprovisioned(position: Position): Promise<void> {
    const { store, membershipEnd } = this.#options;
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    const haveEnded = await membershipEnd.reached(position, patience);
    await this.written(haveEnded ? await store.head() : position);
  }

  isCurrent(): boolean {
    const { view } = this.#options;
    return !view.stalled && (this.#answered === undefined || view.hasReached(this.#answered));
  }

  async readable(): Promise<boolean> {
    const { view } = this.#options;
    return !view.stalled && (this.#answered === undefined || view.reached(this.#answered, patience));
  }
}
