import type { NameClaimEvent } from '#directory-domain';
import { type EventCodec, nameStream } from '#event-catalog';
import { MostRecent, type ResourceId, type TenantId } from '#kernel';
import {
  type EventStore,
  type ExpectedRevision,
  revisionAfter,
  type StreamAppend,
  type StreamName,
} from '#event-store';
import { commandAppend } from '../command-append.js';
import type { CommandContext } from '../command-context.js';
import type { NameMove } from './name-claims.js';

/** Who the last claim on a name is by; without a claim the name is free. */
export interface ClaimStreamEnd {
  readonly stream: StreamName;
  readonly revision: ExpectedRevision;
  readonly claim: { readonly ownerId: ResourceId; readonly claimId: string } | undefined;
}

/** Reads and writes the streams that say who claimed a name, remembering the ends of the most recent ones. */
export class ClaimStreams {
  readonly #remembered: MostRecent<StreamName, ClaimStreamEnd>;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    /** Most ends remembered; see `MostRecent`. */
    capacity: number,
  ) {
    this.#remembered = new MostRecent(capacity);
  }

  /** @throws EventStoreUnavailable | UnreadableEventError */
  async end(tenant: TenantId, key: string): Promise<ClaimStreamEnd> {
    const stream = nameStream(tenant, key);
    const [last] = await this.store.readStream(stream, { direction: 'backwards', limit: 1 });
    if (!last) return neverClaimed(stream);
    const event = this.codec.decode(last).event as NameClaimEvent;
    const claim = event.type === 'NameClaimed' ? event.data : undefined;
    return this.#remember({ stream, revision: last.revision, claim });
  }

  /** An end as it was when last heard of; a name nobody here has heard of counts as never claimed. Reads nothing. */
  presumedEnd(tenant: TenantId, key: string): ClaimStreamEnd {
    const stream = nameStream(tenant, key);
    return this.#remembered.get(stream) ?? neverClaimed(stream);
  }

  /** To be told of what `claiming` and `releasing` made, once it is in the log. */
  appended(end: ClaimStreamEnd, claim: ClaimStreamEnd['claim']): void {
    this.#remember({ stream: end.stream, revision: revisionAfter(end.revision), claim });
  }

  /**
   * Claims a name after whatever its stream ends with. The event bears the claim's id: a repetition of the same command
   * makes another claim, which must not pass for this one.
   */
  claiming(end: ClaimStreamEnd, { context, kind, ownerId }: NameMove, claimId: string): StreamAppend {
    const event = { type: 'NameClaimed', data: { kind, ownerId, claimId } } as const;
    return { stream: end.stream, expected: end.revision, events: [this.codec.encode(claimId, event, context)] };
  }

  releasing(end: ClaimStreamEnd, context: CommandContext, claimId: string): StreamAppend {
    return commandAppend(this.codec, context, end, [{ type: 'NameReleased', data: { claimId } }]);
  }

  #remember(end: ClaimStreamEnd): ClaimStreamEnd {
    this.#remembered.set(end.stream, end);
    return end;
  }
}

function neverClaimed(stream: StreamName): ClaimStreamEnd {
  return { stream, revision: 'no-stream', claim: undefined };
}
