import type { NameClaimEvent } from '#directory-domain';
import { type EventCodec, nameStream } from '#event-catalog';
import type { ResourceId, TenantId } from '#kernel';
import type { EventStore, ExpectedRevision, StreamAppend, StreamName } from '#event-store';
import { commandAppend } from '../command-append.js';
import type { CommandContext } from '../command-context.js';
import type { NameMove } from './name-claims.js';

/** Who the last claim on a name is by; without a claim the name is free. */
export interface ClaimStreamEnd {
  readonly stream: StreamName;
  readonly revision: ExpectedRevision;
  readonly claim: { readonly ownerId: ResourceId; readonly claimId: string } | undefined;
}

/** Reads and writes the streams that say who claimed a name. */
export class ClaimStreams {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  async end(tenant: TenantId, key: string): Promise<ClaimStreamEnd> {
    const stream = nameStream(tenant, key);
    const [last] = await this.store.readStream(stream, { direction: 'backwards', limit: 1 });
    if (!last) return { stream, revision: 'no-stream', claim: undefined };
    const event = this.codec.decode(last).event as NameClaimEvent;
    return { stream, revision: last.revision, claim: event.type === 'NameClaimed' ? event.data : undefined };
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
}
