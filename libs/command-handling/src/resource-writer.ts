import type { ResourceId, Result, SerialQueue } from '#kernel';
import type { Decision, NameClaim, NameKind, ResourceState } from '#directory-domain';
import type { DirectoryEvent, EventCodec } from '#event-catalog';
import type { EventStore, Position, Revision, StreamName } from '#event-store';
import type { AggregateLoader, Loaded } from './aggregate-loader.js';
import { appendUntilKnown, type Sleep } from './append-until-known.js';
import { commandAppend } from './command-append.js';
import type { CommandContext } from './command-context.js';
import type { Basis, NameClaims, NameMoveResult } from './name-claims/name-claims.js';
import type { LoggedChange } from './write-observer.js';

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
  /** True for an id that was made for this command: its stream counts as empty at the first attempt. */
  readonly isFresh: boolean;
  /** The client's precondition (If-Match): the resource is at one of these. */
  readonly requiredRevisions?: ReadonlySet<Revision> | undefined;
  /**
   * Called anew for every attempt, so it must be repeatable. `stale` asks for a fresh look at the stream.
   */
  propose(loaded: Loaded<State>): Promise<Result<Proposal<Event>, Refusal> | 'stale'>;
}

/** What there is to append, or to answer where nothing is. */
type Plan<State, Event, Refusal> =
  | { readonly move: PreparedMove; readonly events: readonly Event[] }
  | { readonly answer: Result<Written<State>, Refusal | WriteRefusal> };

type PreparedMove = Extract<NameMoveResult, { outcome: 'prepared' }>;

/** An endless run of conflicts is a bug or an attack, not contention: each conflict means that another write got in. */
const mostAttempts = 1000;

/**
 * The one way events get into the log: load, decide, append at the revision loaded, again on a conflict. A client
 * never sees a conflict unless it asked for a certain revision.
 *
 * The first attempt decides on what is remembered and reads nothing of it: the revisions an append expects prove that
 * the memory was right. Every other answer has no such proof and is given only by an attempt that has read the log.
 */
export class ResourceWriter<State extends ResourceState, Event extends DirectoryEvent> {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly loader: AggregateLoader<State, Event>,
    private readonly names: NameClaims,
    private readonly nameKind: NameKind,
    /**
     * Spares the writers of one process the conflicts among themselves. Those of other processes are kept apart by the
     * expected revision alone, so nothing may rely on it for correctness.
     */
    private readonly queue: SerialQueue,
    private readonly sleep: Sleep,
    private readonly newClaimId: () => string,
    private readonly logged: (change: LoggedChange<State, Event>) => void,
  ) {}

  /** @throws OutcomeUnknownError | EventStoreUnavailable | UnreadableEventError */
  write<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal>> {
    return this.queue.run(request.stream, async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const result = await this.#attempt(request, attempt === 0 ? 'remembered' : 'read');
        if (result !== 'again') return result;
      }
      throw new Error(`${request.stream} changed under every one of ${mostAttempts} attempts to append to it`);
    });
  }

  async #attempt<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
    basis: Basis,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal> | 'again'> {
    const { context, stream } = request;
    const loaded = await this.#load(request, basis);
    const plan = await this.#plan(request, loaded, basis);
    if (plan === 'again') return 'again';
    if ('answer' in plan) return basis === 'read' ? plan.answer : 'again';

    const { move, events } = plan;
    const append = commandAppend(this.codec, context, { stream, revision: loaded.revision }, events);
    const appended = await appendUntilKnown(this.store, [...move.companions, append], this.sleep);
    if (appended.outcome === 'conflict') return 'again';
    const { position } = appended;
    const written = this.loader.advance(stream, loaded, events, context.occurredAt);
    const { tenantId } = context;
    this.logged({ tenantId, id: request.id, before: loaded.state, after: written.state, events, position });
    await move.settle();
    return { ok: true, value: { ...written, position } };
  }

  async #load<Refusal>({ stream, isFresh }: WriteRequest<State, Event, Refusal>, basis: Basis): Promise<Loaded<State>> {
    if (basis === 'read') return this.loader.load(stream);
    return isFresh ? this.loader.empty : this.loader.recall(stream);
  }

  async #plan<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
    loaded: Loaded<State>,
    basis: Basis,
  ): Promise<Plan<State, Event, Refusal> | 'again'> {
    const { state } = loaded;
    const revision = loaded.revision as Revision;
    if (state.status === 'provisioned' && request.requiredRevisions?.has(revision) === false) {
      return refuse({ reason: 'version-mismatch', actual: revision });
    }
    const proposed = await request.propose(loaded);
    if (proposed === 'stale') return 'again';
    if (!proposed.ok) return { answer: proposed };

    const move = await this.names.prepare({
      context: request.context,
      basis,
      kind: this.nameKind,
      ownerId: request.id,
      ...this.#nameMove(state.claims.held, proposed.value.nameKey),
    });
    if (move.outcome === 'taken') {
      // Taken by this very resource: another process, or an earlier send of this command, got in since it was loaded.
      return move.ownerId === request.id ? 'again' : refuse({ reason: 'name-taken', ownerId: move.ownerId });
    }

    const decision = proposed.value.decide(move.claim);
    switch (decision.outcome) {
      case 'accepted':
        return { move, events: decision.events };
      case 'unchanged':
        return { answer: { ok: true, value: { state, revision, position: undefined } } };
      case 'rejected':
        return decision.reason === 'claim-void' ? 'again' : refuse({ reason: 'not-found' });
    }
  }

  #nameMove(held: NameClaim | undefined, wanted: string | undefined) {
    if (held?.key === wanted) return { take: undefined, release: undefined };
    return { take: wanted === undefined ? undefined : { key: wanted, claimId: this.newClaimId() }, release: held };
  }
}

function refuse(error: WriteRefusal): { readonly answer: { readonly ok: false; readonly error: WriteRefusal } } {
  return { answer: { ok: false, error } };
}
