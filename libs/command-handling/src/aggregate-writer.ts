import type { ResourceId, Result, SerialQueue, TenantId } from '#kernel';
import type { Decision, NameClaim, NameKind, ResourceState } from '#directory-domain';
import type { DirectoryEvent, EventCodec } from '#event-catalog';
import type { EventStore, Position, Revision, StreamName } from '#event-store';
import type { AggregateLoader, Loaded } from './aggregate-loader.js';
import { type AggregateType, nameIn } from './aggregate-type.js';
import { appendUntilKnown, type Sleep } from './append-until-known.js';
import { commandAppend } from './command-append.js';
import type { CommandContext } from './command-context.js';
import type { Basis, NameClaims, NameMove, NameMoveResult } from './name-claims/name-claims.js';
import type { LoggedChange } from './write-observer.js';

/** Refusals every write can meet besides those of the caller. */
export type WriteRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'name-taken'; readonly name: string; readonly ownerId: ResourceId }
  | { readonly reason: 'version-mismatch'; readonly actual: Revision };

export interface Written<State> {
  readonly state: State;
  readonly revision: Revision;
  /** Position of the last event; undefined where nothing had to change. */
  readonly position: Position | undefined;
}

/** What a writer wants of the state it was shown. */
export interface Proposal<Event> {
  /** The name the resource shall bear; undefined where it shall bear none any more. */
  readonly name: string | undefined;
  /** @param claim to be taken up by the events; undefined where the name stays, or goes. */
  decide(claim: NameClaim | undefined): Decision<Event, string>;
}

export interface WriteRequest<State, Event, Refusal> {
  readonly context: CommandContext;
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

export interface AggregateWriterOptions<State, Event extends DirectoryEvent> {
  readonly type: AggregateType<State, Event>;
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly loader: AggregateLoader<State, Event>;
  readonly names: NameClaims;
  /** The keyed hash that stands for a name. */
  readonly keyOf: (tenant: TenantId, kind: NameKind, name: string) => string;
  /** UUIDs that were never used. */
  readonly newClaimId: () => string;
  /**
   * Spares the writers of one process the conflicts among themselves. Those of other processes are kept apart by the
   * expected revision alone, so nothing may rely on it for correctness.
   */
  readonly queue: SerialQueue;
  readonly sleep: Sleep;
  /** Told of what is in the log, in the turn in which the append was answered. */
  readonly logged: (change: LoggedChange<State, Event>) => void;
}

/** An endless run of conflicts is a bug or an attack, not contention: each conflict means that another write got in. */
const mostAttempts = 1000;

/**
 * The one way events get into the log: load, decide, append at the revision loaded, again on a conflict. A client
 * never sees a conflict unless it asked for a certain revision.
 *
 * The first attempt decides on what is remembered and reads nothing of it: the revisions an append expects prove that
 * the memory was right. Every other answer has no such proof and is given only by an attempt that has read the log.
 */
export class AggregateWriter<State extends ResourceState, Event extends DirectoryEvent> {
  readonly #options: AggregateWriterOptions<State, Event>;

  constructor(options: AggregateWriterOptions<State, Event>) {
    this.#options = options;
  }

  /** @throws OutcomeUnknownError | EventStoreUnavailable | AppendTooLarge | UnreadableEventError */
  write<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal>> {
    const { queue, type } = this.#options;
    const stream = type.stream(request.context.tenantId, request.id);
    return queue.run(stream, async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const result = await this.#attempt(request, stream, attempt === 0 ? 'remembered' : 'read');
        if (result !== 'again') return result;
      }
      throw new Error(`${stream} changed under every one of ${mostAttempts} attempts to append to it`);
    });
  }

  async #attempt<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
    stream: StreamName,
    basis: Basis,
  ): Promise<Result<Written<State>, Refusal | WriteRefusal> | 'again'> {
    const { store, codec, loader, sleep, logged } = this.#options;
    const { context } = request;
    const loaded = await this.#load(stream, basis, request.isFresh);
    const plan = await this.#plan(request, loaded, basis);
    if (plan === 'again') return 'again';
    if ('answer' in plan) return basis === 'read' ? plan.answer : 'again';

    const { move, events } = plan;
    const append = commandAppend(codec, context, { stream, revision: loaded.revision }, events);
    const appended = await appendUntilKnown(store, [...move.companions, append], sleep);
    if (appended.outcome === 'conflict') return 'again';
    const { position } = appended;
    const written = loader.advance(stream, loaded, events, context.occurredAt);
    const { tenantId } = context;
    logged({ tenantId, id: request.id, before: loaded.state, after: written.state, events, position });
    await move.settle();
    return { ok: true, value: { ...written, position } };
  }

  async #load(stream: StreamName, basis: Basis, isFresh: boolean): Promise<Loaded<State>> {
    const { loader } = this.#options;
    if (basis === 'read') return loader.load(stream);
    return isFresh ? loader.empty : loader.recall(stream);
  }

  async #plan<Refusal>(
    request: WriteRequest<State, Event, Refusal>,
    loaded: Loaded<State>,
    basis: Basis,
  ): Promise<Plan<State, Event, Refusal> | 'again'> {
    const { names, type } = this.#options;
    const { state } = loaded;
    // Before the first event it is none, but then nothing is provisioned, and nothing can be unchanged.
    const revision = loaded.revision as Revision;
    if (state.status === 'provisioned' && request.requiredRevisions?.has(revision) === false) {
      return refuse({ reason: 'version-mismatch', actual: revision });
    }
    const proposed = await request.propose(loaded);
    if (proposed === 'stale') return 'again';
    if (!proposed.ok) return { answer: proposed };

    const { name } = proposed.value;
    const { context, id } = request;
    const claims = this.#claimsMoved(context.tenantId, state, name);
    const move = await names.prepare({ context, basis, kind: type.nameKind, ownerId: id, ...claims });
    if (move.outcome === 'taken') {
      const { ownerId } = move;
      // Taken by this very resource: another process, or an earlier send of this command, got in since it was loaded.
      if (ownerId === id) return 'again';
      // Nothing can be taken but a name that is wanted.
      return refuse({ reason: 'name-taken', name: name as string, ownerId });
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

  /** Most changes are not about the name. One that stays keeps its key: to hash it would be no small part of the work. */
  #claimsMoved(tenant: TenantId, state: State, wanted: string | undefined): Pick<NameMove, 'take' | 'release'> {
    const { held } = state.claims;
    if (wanted === undefined) return { take: undefined, release: held };
    const { type, keyOf, newClaimId } = this.#options;
    const isSpelledAsHeld = state.status === 'provisioned' && nameIn(type, state.attributes) === wanted;
    const key = held && isSpelledAsHeld ? held.key : keyOf(tenant, type.nameKind, wanted);
    if (key === held?.key) return { take: undefined, release: undefined };
    return { take: { key, claimId: newClaimId() }, release: held };
  }
}

function refuse(error: WriteRefusal): { readonly answer: { readonly ok: false; readonly error: WriteRefusal } } {
  return { answer: { ok: false, error } };
}
