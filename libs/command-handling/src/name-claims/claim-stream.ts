import type { NameClaimEvent, NameKind } from '#directory-domain';
import { type EventCodec, nameStream } from '#event-catalog';
import type { ResourceId, TenantId } from '#kernel';
import type { EventRecord, EventStore, ExpectedRevision, StreamName } from '#event-store';
import type { CommandContext } from '../command-context.js';
import type { EventIds } from '../event-ids.js';

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

  claimed(context: CommandContext, ids: EventIds, kind: NameKind, ownerId: ResourceId, claimId: string): EventRecord {
    return this.codec.encode(ids.next(), { type: 'NameClaimed', data: { kind, ownerId, claimId } }, context);
  }

  released(context: CommandContext, ids: EventIds, claimId: string): EventRecord {
    return this.codec.encode(ids.next(), { type: 'NameReleased', data: { claimId } }, context);
  }
}
