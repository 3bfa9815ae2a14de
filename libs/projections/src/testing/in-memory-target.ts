import type { EventEnvelope } from '#event-catalog';
import { type Position, beforeFirstPosition } from '#event-store';
import type { EventPlace } from '../event-place.js';
import {
  type CheckpointMove,
  EventNotAppliedError,
  type Ownership,
  OwnershipLostError,
  type ProjectionTarget,
} from '../projection-target.js';

/** A projection that remembers which events it was given. */
export class InMemoryTarget implements ProjectionTarget {
  readonly applied: EventEnvelope[] = [];
  /** Sizes of the batches that were committed. */
  readonly batches: number[] = [];
  /** The last event that a move of the checkpoint brought. */
  last: EventPlace | undefined;
  checkpoint: Position = beforeFirstPosition;
  #epoch = 0;
  readonly #failures: Error[] = [];
  readonly #poison = new Set<string>();

  /** The next calls fail with these, one each. */
  failNext(...failures: readonly Error[]): void {
    this.#failures.push(...failures);
  }

  /** The event with this id cannot be applied. */
  poison(eventId: string): void {
    this.#poison.add(eventId);
  }

  async acquire(): Promise<Ownership> {
    this.#failIfAsked();
    this.#epoch += 1;
    return { epoch: this.#epoch, checkpoint: this.checkpoint, last: this.last };
  }

  async apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    this.#failIfAsked();
    if (move.epoch !== this.#epoch || move.from !== this.checkpoint) throw new OwnershipLostError(move);
    for (const envelope of batch) {
      if (this.#poison.has(envelope.eventId)) throw new EventNotAppliedError(envelope, new Error('poison'));
    }
    this.applied.push(...batch);
    this.batches.push(batch.length);
    this.checkpoint = move.to;
    this.last = move.last ?? this.last;
  }

  #failIfAsked(): void {
    const failure = this.#failures.shift();
    if (failure) throw failure;
  }
}
