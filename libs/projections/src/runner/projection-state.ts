import type { Position } from '#event-store';

/** Why a projection stopped for good. `unreadable` and `apply` name the event; it was not skipped. */
export type ProjectionFailure =
  | {
      /** `unreadable`: of an unknown type or version. `apply`: it contradicts the rows. */
      readonly kind: 'unreadable' | 'apply';
      readonly eventId: string;
      /** As stored. */
      readonly eventType: string;
      readonly position: Position;
      readonly cause: unknown;
    }
  /** `target`: the target failed in a way that trying again does not cure. */
  | { readonly kind: 'target'; readonly cause: unknown }
  | OwnershipEnd;

/**
 * Why an owner stops and the projection does not. `ownership`: another owner has taken over. `parted`: the log is not the one that
 * was applied so far, which whoever takes the projection over next deals with.
 */
export interface OwnershipEnd {
  readonly kind: 'ownership' | 'parted';
  readonly cause: unknown;
}

/** Whether the projection goes on with the next owner, which may be the same process. */
export function endsOwnership(failure: ProjectionFailure): failure is OwnershipEnd {
  return failure.kind === 'ownership' || failure.kind === 'parted';
}

export type ProjectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly checkpoint: Position }
  /** The log or the target is away; tried again with growing pauses. */
  | {
      readonly status: 'retrying';
      readonly checkpoint: Position;
      readonly attempt: number;
      readonly away: 'log' | 'target';
      readonly cause: unknown;
    }
  /** Asked to stop. */
  | { readonly status: 'ended'; readonly checkpoint: Position }
  /** Needs a person: alarm with what `failure` says. */
  | { readonly status: 'failed'; readonly checkpoint: Position; readonly failure: ProjectionFailure };

/** For log, metrics and alarms. Called synchronously; must not throw. */
export interface ProjectionObserver {
  stateChanged?(state: ProjectionState): void;
  batchApplied?(batch: { readonly events: number; readonly checkpoint: Position; readonly milliseconds: number }): void;
}
