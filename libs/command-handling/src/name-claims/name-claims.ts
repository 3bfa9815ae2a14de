import type { ResourceId } from '#kernel';
import type { NameClaim, NameKind } from '#directory-domain';
import type { StreamAppend } from '#event-store';
import type { CommandContext } from '../command-context.js';

/** Whether a decision rests on what was read for it, or on what is remembered and may no longer be so. */
export type Basis = 'read' | 'remembered';

/** An owner is about to append an event that takes up one name, gives up another, or both. */
export interface NameMove {
  readonly context: CommandContext;
  /** `remembered`: the log need not be read where a wrong memory makes the append fail. */
  readonly basis: Basis;
  readonly kind: NameKind;
  readonly ownerId: ResourceId;
  /** The claim the owner would like to take up, with an id that was never used. */
  readonly take: NameClaim | undefined;
  /** The claim the owner holds and will no longer need. */
  readonly release: NameClaim | undefined;
}

export type NameMoveResult =
  | {
      readonly outcome: 'prepared';
      /** What the owner's event has to carry: `take`, or an earlier claim of the same owner on that name. */
      readonly claim: NameClaim | undefined;
      /** Go into the log together with the owner's events, or not at all. */
      readonly companions: readonly StreamAppend[];
      /** To be called once the owner's events are in the log. Never rejects: it only spares readers work. */
      settle(): Promise<void>;
    }
  | { readonly outcome: 'taken'; readonly ownerId: ResourceId };

/** Keeps names unique within a tenant, in the log itself (docs/decisions/name-claims.md). */
export interface NameClaims {
  /** @throws OutcomeUnknownError | EventStoreUnavailable | UnreadableEventError */
  prepare(move: NameMove): Promise<NameMoveResult>;
}
