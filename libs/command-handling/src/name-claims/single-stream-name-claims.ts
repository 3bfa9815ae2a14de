import type { ResourceId, TenantId } from '#kernel';
import { claimVerdict, type NameClaim, type NameKind, type ResourceState } from '#directory-domain';
import type { EventCodec } from '#event-catalog';
import type { EventStore, ExpectedRevision, StreamName } from '#event-store';
import type { Loaded } from '../aggregate-loader.js';
import { appendUntilKnown, type Sleep } from '../append-until-known.js';
import { commandAppend } from '../command-append.js';
import type { CommandContext } from '../command-context.js';
import type { ClaimStreamEnd, ClaimStreams } from './claim-stream.js';
import type { NameClaims, NameMove, NameMoveResult } from './name-claims.js';

/** Reads the streams of those who own names of a kind. */
export interface OwnerStreams {
  stream(tenant: TenantId, ownerId: ResourceId): StreamName;
  load(stream: StreamName): Promise<Loaded<ResourceState>>;
}

export type OwnersByKind = Readonly<Record<NameKind, OwnerStreams>>;

/** How long a claim may stand undecided before a contender voids it, milliseconds. Politeness only: safety needs none. */
const grace = 200;

/**
 * For stores that append to one stream at a time. The owner's own stream decides: a claim holds if the owner's stream
 * took it up. A contender who meets an undecided claim first writes `NameClaimAbandoned` to the owner's stream, which
 * makes the owner's late append fail, and only then takes the name over. Without that step two owners can hold one name.
 */
export class SingleStreamNameClaims implements NameClaims {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly streams: ClaimStreams,
    private readonly owners: OwnersByKind,
    private readonly sleep: Sleep,
  ) {}

  async prepare(move: NameMove): Promise<NameMoveResult> {
    const prepared = { outcome: 'prepared', companions: [], settle: () => this.#release(move) } as const;
    if (!move.take) return { ...prepared, claim: undefined };
    const claimed = await this.#claim(move, move.take);
    return 'takenBy' in claimed ? { outcome: 'taken', ownerId: claimed.takenBy } : { ...prepared, claim: claimed };
  }

  async #claim(move: NameMove, { key, claimId }: NameClaim): Promise<NameClaim | { readonly takenBy: ResourceId }> {
    const { context, kind, ownerId } = move;
    const owners = this.owners[kind];
    let waited: string | undefined;
    let end = await this.#firstEnd(move, key);
    for (; ; end = await this.streams.end(context.tenantId, key)) {
      const { claim } = end;
      if (claim) {
        const ownerStream = owners.stream(context.tenantId, claim.ownerId);
        const owner = await owners.load(ownerStream);
        const verdict = claimVerdict(owner.state.claims, claim.claimId, owner.state.status === 'deprovisioned');
        if (verdict === 'held') return { takenBy: claim.ownerId };
        if (verdict === 'undecided') {
          // Left by another command on the same owner: whichever of the two appends first takes it up, once.
          if (claim.ownerId === ownerId) return { key, claimId: claim.claimId };
          if (waited === claim.claimId)
            await this.#abandon(context, claim.claimId, { stream: ownerStream, revision: owner.revision });
          else await this.sleep(grace);
          waited = claim.claimId;
          continue;
        }
      }
      const result = await appendUntilKnown(this.store, [this.streams.claiming(end, move, claimId)], this.sleep);
      if (result.outcome === 'appended') {
        this.streams.appended(end, { ownerId, claimId });
        return { key, claimId };
      }
    }
  }

  /** Only a name that is free may be presumed so: the append that claims it proves it. Another's claim is always read. */
  async #firstEnd({ basis, context }: NameMove, key: string): Promise<ClaimStreamEnd> {
    const presumed = this.streams.presumedEnd(context.tenantId, key);
    return basis === 'remembered' && !presumed.claim ? presumed : this.streams.end(context.tenantId, key);
  }

  /** A conflict means that the owner's stream has moved, perhaps to take the claim up: the caller looks again. */
  async #abandon(
    context: CommandContext,
    claimId: string,
    owner: { readonly stream: StreamName; readonly revision: ExpectedRevision },
  ): Promise<void> {
    const append = commandAppend(this.codec, context, owner, [{ type: 'NameClaimAbandoned', data: { claimId } }]);
    await appendUntilKnown(this.store, [append], this.sleep);
  }

  /** Best effort: if it does not happen, the next contender reads the owner's stream and sees the claim void. */
  async #release({ context, release }: NameMove): Promise<void> {
    if (!release) return;
    try {
      const end = await this.streams.end(context.tenantId, release.key);
      if (end.claim?.claimId !== release.claimId) return;
      const result = await this.store.append([this.streams.releasing(end, context, release.claimId)]);
      if (result.outcome === 'appended') this.streams.appended(end, undefined);
    } catch {
      // The owner's events are in the log, so the command has succeeded.
    }
  }
}
