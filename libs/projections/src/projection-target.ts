import type { EventEnvelope } from '#event-catalog';
import type { Position } from '#event-store';
import type { EventPlace } from './event-place.js';
import type { BuiltUpTo } from './source-log.js';

/** What an owner knows when it takes a projection over. */
export interface Ownership extends BuiltUpTo {
  /** Grows with every `acquire`: whoever holds a smaller one is fenced off. */
  readonly epoch: number;
}

/** From where to where one batch moves the checkpoint. */
export interface CheckpointMove {
  readonly epoch: number;
  readonly from: Position;
  /** May be beyond the batch's last event, where what lies between does not concern the projection. */
  readonly to: Position;
  /** The event at `to`, to be kept with the checkpoint (`BuiltFrom`). It need not concern the projection. */
  readonly last?: EventPlace | undefined;
}

/**
 * One generation of one projection: its rows and its checkpoint, which change together or not at all.
 * Contract: `projectionTargetContract` in `#projections/testing`.
 */
export interface ProjectionTarget {
  /** Takes the projection over; from here on every earlier owner's `apply` fails. */
  acquire(): Promise<Ownership>;

  /**
   * Told that `apply` is about to be called with this very batch, maybe while it still applies the one before: what can be done
   * already may begin. Nothing may be written by it, and it may be that `apply` is never called, or with other batches first.
   */
  prepare?(batch: readonly EventEnvelope[]): void;

  /**
   * Applies the events in order and moves the checkpoint, in one transaction, by compare-and-set on epoch and `from`.
   *
   * @throws OwnershipLostError the checkpoint is not where this owner left it; nothing was written.
   * @throws EventNotAppliedError one event of the batch does not fit the rows; nothing was written.
   * @throws TargetUnavailableError the store cannot take the batch now; nothing was written, the same call may succeed.
   */
  apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void>;
}

/** Somebody else has acquired the projection, or moved its checkpoint. This owner must stop. */
export class OwnershipLostError extends Error {
  override readonly name = 'OwnershipLostError';

  constructor(readonly move: CheckpointMove) {
    super(`Epoch ${move.epoch} no longer owns the checkpoint at position ${move.from}.`);
  }
}

/** The event contradicts what the log said before. Trying again cannot help. */
export class EventNotAppliedError extends Error {
  override readonly name = 'EventNotAppliedError';

  constructor(
    readonly envelope: EventEnvelope,
    cause: unknown,
  ) {
    super(`Event ${envelope.eventId} (${envelope.event.type}) at position ${envelope.position} cannot be applied.`, {
      cause,
    });
  }
}

/** Busy, disk full, connection lost: the batch was rolled back and may be tried again. */
export class TargetUnavailableError extends Error {
  override readonly name = 'TargetUnavailableError';
}
