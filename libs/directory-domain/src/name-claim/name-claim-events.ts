import type { ResourceId } from '#kernel';

/** What a name is the name of; each kind is its own name space within a tenant. */
export type NameKind = 'user-name' | 'group-display-name';

/**
 * The right to a name, as its owner's events carry it. `key` names the claim stream: a keyed hash of the folded name, so
 * that stream names hold no personal data. `claimId` is used once and never again, which makes "void" a final verdict.
 */
export interface NameClaim {
  readonly key: string;
  readonly claimId: string;
}

/** Events of a claim stream: one name, and who holds it. */
export type NameClaimEvent =
  | {
      readonly type: 'NameClaimed';
      readonly data: { readonly kind: NameKind; readonly ownerId: ResourceId; readonly claimId: string };
    }
  /** The owner gave the name up. An optimisation for readers: whether a claim holds is decided by the owner's stream. */
  | { readonly type: 'NameReleased'; readonly data: { readonly claimId: string } };

/** In the owner's stream: this claim can never be taken up, whatever its owner was about to append. */
export interface NameClaimAbandoned {
  readonly type: 'NameClaimAbandoned';
  readonly data: { readonly claimId: string };
}
