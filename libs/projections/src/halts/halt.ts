import type { Position } from '#event-store';
import { endsOwnership, type OwnershipEnd, type ProjectionFailure } from '../runner/projection-state.js';

/** That a projection has stopped for good, for those who do not run it. */
export interface Halt {
  readonly projection: string;
  readonly kind: Exclude<ProjectionFailure['kind'], OwnershipEnd['kind']>;
  /** The event it has stopped at, right before which its checkpoint is; undefined where it is not an event's fault. */
  readonly event?: { readonly id: string; readonly type: string; readonly position: Position };
  /** What went wrong, in words of whoever found it. */
  readonly reason: string;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
}

/**
 * Where whoever runs projections writes down which have stopped. Contract: `haltRecordContract` in `#projections/testing`.
 * It is for people: nothing goes by it, and losing it loses no fact.
 */
export interface HaltRecord {
  /** Takes the place of an earlier halt of the projection. */
  note(halt: Halt): Promise<void>;

  /** The projection runs. */
  lift(projection: string): Promise<void>;

  /** In the order of their names. */
  list(): Promise<readonly Halt[]>;

  close(): Promise<void>;
}

/** @returns undefined where only this owner has stopped: the projection goes on with the next one. */
export function haltOf(projection: string, failure: ProjectionFailure, now: number): Halt | undefined {
  if (endsOwnership(failure)) return undefined;
  const { kind, cause } = failure;
  const halt = { projection, kind, reason: cause instanceof Error ? cause.message : String(cause), since: now };
  if (!('position' in failure)) return halt;
  return { ...halt, event: { id: failure.eventId, type: failure.eventType, position: failure.position } };
}

/** Whether a projection that is at this checkpoint has left the halt behind: a late word of a former owner. */
export function isOver({ event }: Halt, checkpoint: Position): boolean {
  return event !== undefined && checkpoint >= event.position;
}
