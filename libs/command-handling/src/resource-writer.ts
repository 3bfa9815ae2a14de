import type { ResourceId, Result } from '#kernel';
import type { Decision, NameClaim, NameKind, ResourceState } from '#directory-domain';
import type { DirectoryEvent, EventCodec } from '#event-catalog';
import type { EventStore, Position, Revision, StreamName } from '#event-store';
import type { AggregateLoader, Loaded } from './aggregate-loader.js';
import { appendUntilKnown, type Sleep } from './append-until-known.js';
import { commandAppend } from './command-append.js';
import type { CommandContext } from './command-context.js';
import type { KeyedQueue } from './keyed-queue.js';
import type { NameClaims } from './name-claims/name-claims.js';

/** Refusals every write can meet besides those of the caller. */
export type WriteRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'name-taken'; readonly ownerId: ResourceId }
  | { readonly reason: 'version-mismatch'; readonly actual: Revision };

export interface Written<State> {
  readonly state: State;
  readonly revision: Revision;
  /** Position of the last event; undefined where nothing had to change. */
  readonly position: Position | undefined;
}

/** What a writer wants of the state it was shown. */
export interface Proposal<Event> {
  /** The keyed hash of the name the resource shall bear; undefined where it shall bear none any more. */
  readonly nameKey: string | undefined;
  decide(claim: NameClaim | undefined): Decision<Event, string>;
}

export interface WriteRequest<State, Event, Refusal> {
  readonly context: CommandContext;
  readonly stream: StreamName;
  readonly id: ResourceId;
  /** True for an id that was made for this command: its stream is not read before the first try. */
  readonly isFresh: boolean;
  /** The client's precondition (If-Match): the resource is at one of these. */
  readonly requiredRevisions?: ReadonlySet<Revision> | undefined;
  /**
   * Called anew for every attempt, so it must be repeatable. `stale` asks for a fresh look at the stream.
   */
  propose(loaded: Loaded<State>): Promise<Result<Proposal<Event>, Refusal> | 'stale'>;
}

/** An endless run of conflicts is a bug or an attack, not contention: each conflict means that another write got in. */
const mostAttempts = 1000;

/**
 * The one way events get into the log: load, decide, append at the revision loaded, again on a conflict. A client
 * never sees a conflict unless it asked for a certain revision.
 */
export class ResourceWriter<State extends ResourceState, Event extends DirectoryEvent> {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly loader: AggregateLoader<State, Event>,
    private readonly names: NameClaims,
    private readonly nameKind: NameKind,
    private readonly queue: KeyedQueue,
    private readonly sleep: Sleep,
    private readonly newClaimId: () => string,
  ) {}

  /** @throws OutcomeUnknownError | EventStoreUnavailable | UnreadableEventError */
  write<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal>> {
    return this.queue.run(request.stream, async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const result = await this.#attempt(request, attempt);
        if (result !== 'again') return result;
      }
      throw new Error(`${request.stream} changed under every one of ${mostAttempts} attempts to append to it`);
    });
  }

  async #attempt<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
    attempt: number,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal> | 'again'> {
    const { context, stream, requiredRevisions } = request;
    const loaded = request.isFresh && attempt === 0 ? this.loader.empty : await this.loader.load(stream);
    if (
      requiredRevisions !== undefined &&
      loaded.state.status === 'provisioned' &&
      !requiredRevisions.has(loaded.revision as Revision)
    ) {
      return { ok: false, error: { reason: 'version-mismatch', actual: loaded.revision as Revision } };
    }
    const proposed = await request.propose(loaded);
    if (proposed === 'stale') return 'again';
    if (!proposed.ok) return proposed;

    const moved = await this.names.prepare({
      context,
      kind: this.nameKind,
      ownerId: request.id,
      ...this.#nameMove(loaded.state.claims.held, proposed.value.nameKey),
    });
    if (moved.outcome === 'taken') {
      // Taken by this very resource: another process, or an earlier send of this command, got in since it was loaded.
      if (moved.ownerId === request.id) return 'again';
      return { ok: false, error: { reason: 'name-taken', ownerId: moved.ownerId } };
    }

    const decision = proposed.value.decide(moved.claim);
    if (decision.outcome === 'rejected') {
      if (decision.reason === 'claim-void') return 'again';
      return { ok: false, error: { reason: 'not-found' } };
    }
    if (decision.outcome === 'unchanged') {
      return { ok: true, value: { state: loaded.state, revision: loaded.revision as Revision, position: undefined } };
    }

    const { revision } = loaded;
    const append = commandAppend(this.codec, context, { stream, revision }, decision.events);
    const appended = await appendUntilKnown(this.store, [...moved.companions, append], this.sleep);
    if (appended.outcome === 'conflict') return 'again';
    const written = this.loader.advance(stream, loaded, decision.events, context.occurredAt);
    await moved.settle();
    return { ok: true, value: { ...written, position: appended.position } };
  }

  #nameMove(held: NameClaim | undefined, wanted: string | undefined) {
    if (held?.key === wanted) return { take: undefined, release: undefined };
    return { take: wanted === undefined ? undefined : { key: wanted, claimId: this.newClaimId() }, release: held };
  }
}
