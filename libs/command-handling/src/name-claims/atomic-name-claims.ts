import type { StreamAppend } from '#event-store';
import type { ClaimStreamEnd, ClaimStreams } from './claim-stream.js';
import type { NameClaims, NameMove, NameMoveResult } from './name-claims.js';

/**
 * For stores that append to several streams in one step: the claim, the owner's event and the release of the former name
 * are one write, so the end of a claim stream alone says whether the name is held. A presumed end that is not the end
 * makes that write fail as a whole.
 */
export class AtomicNameClaims implements NameClaims {
  constructor(private readonly streams: ClaimStreams) {}

  async prepare(move: NameMove): Promise<NameMoveResult> {
    const { context, ownerId, take, release } = move;
    const companions: StreamAppend[] = [];
    const settled: (() => void)[] = [];
    if (take) {
      const end = await this.#endToClaim(move, take.key);
      if (end.claim) return { outcome: 'taken', ownerId: end.claim.ownerId };
      companions.push(this.streams.claiming(end, move, take.claimId));
      settled.push(() => this.streams.appended(end, { ownerId, claimId: take.claimId }));
    }
    if (release) {
      const end = await this.#endToRelease(move, release.key);
      companions.push(this.streams.releasing(end, context, release.claimId));
      settled.push(() => this.streams.appended(end, undefined));
    }
    const settle = async () => settled.forEach((remember) => remember());
    return { outcome: 'prepared', claim: take, companions, settle };
  }

  async #endToClaim({ basis, context }: NameMove, key: string): Promise<ClaimStreamEnd> {
    return basis === 'remembered'
      ? this.streams.presumedEnd(context.tenantId, key)
      : this.streams.end(context.tenantId, key);
  }

  /** A name that is held has been claimed: where its claim is not remembered, presuming that there is none is no use. */
  async #endToRelease({ basis, context }: NameMove, key: string): Promise<ClaimStreamEnd> {
    const presumed = this.streams.presumedEnd(context.tenantId, key);
    return basis === 'remembered' && presumed.claim ? presumed : this.streams.end(context.tenantId, key);
  }
}
