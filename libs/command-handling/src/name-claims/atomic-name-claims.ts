import type { StreamAppend } from '#event-store';
import type { ClaimStreams } from './claim-stream.js';
import type { NameClaims, NameMove, NameMoveResult } from './name-claims.js';

const nothingToSettle = () => Promise.resolve();

/**
 * For stores that append to several streams in one step: the claim, the owner's event and the release of the former name
 * are one write, so the end of a claim stream alone says whether the name is held.
 */
export class AtomicNameClaims implements NameClaims {
  constructor(private readonly streams: ClaimStreams) {}

  async prepare(move: NameMove): Promise<NameMoveResult> {
    const { context, take, release } = move;
    const companions: StreamAppend[] = [];
    if (take) {
      const end = await this.streams.end(context.tenantId, take.key);
      if (end.claim) return { outcome: 'taken', ownerId: end.claim.ownerId };
      companions.push(this.streams.claiming(end, move, take.claimId));
    }
    if (release) {
      const end = await this.streams.end(context.tenantId, release.key);
      companions.push(this.streams.releasing(end, context, release.claimId));
    }
    return { outcome: 'prepared', claim: take, companions, settle: nothingToSettle };
  }
}
