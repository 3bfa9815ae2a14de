import type { EventStore, Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../reading/read-your-writes.js';

/** How long an answer waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;
/** How long a look at the log waits for the view to come to its end, milliseconds: well below `patience`. */
const lookPatience = 1_000;

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
 * Where the view is late the write is answered all the same, for it is in the log, and reads of it then go to the log. What
 * this process answered so it knows; what others did, it learns by `look`, before their patience is at its end.
 */
export class WaitOnWrite implements ReadYourWrites {
  readonly #options: WaitOnWriteOptions;
  /** The last position that was answered, seen by the view or not. */
  #answered: Position | undefined;
  /** Whether others may have answered what the view does not have. */
  #isLate = false;

  constructor(options: WaitOnWriteOptions) {
    this.#options = options;
  }

  async written(position: Position): Promise<void> {
    if (this.#answered === undefined || position > this.#answered) this.#answered = position;
    await this.#options.view.reached(position, patience);
  }

  async deprovisioned(position: Position): Promise<void> {
    const { store, membershipEnd } = this.#options;
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    const haveEnded = await membershipEnd.reached(position, patience);
    await this.written(haveEnded ? await store.head() : position);
  }

  /**
   * Learns whether the view keeps up with what any node writes. To be called again and again.
   *
   * @throws EventStoreUnavailable where the log cannot be asked; what was known holds on.
   */
  async look(): Promise<void> {
    const { store, view } = this.#options;
    // Of a view that stands still nobody waits for, so what is written after this look may be answered at once.
    const stoodStill = view.stalled;
    const keepsUp = await view.reached(await store.head(), lookPatience);
    this.#isLate = stoodStill || !keepsUp;
  }

  isCurrent(): boolean {
    return this.#isTrusted() && (this.#answered === undefined || this.#options.view.hasReached(this.#answered));
  }

  async readable(): Promise<boolean> {
    return this.#isTrusted() && (this.#answered === undefined || this.#options.view.reached(this.#answered, patience));
  }

  #isTrusted(): boolean {
    return !this.#isLate && !this.#options.view.stalled;
  }
}
