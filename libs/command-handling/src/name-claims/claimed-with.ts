import { createSecretKey, type KeyObject } from 'node:crypto';
import type { NameClaim, NameKind } from '#directory-domain';
import { type EventCodec, type EventEnvelope, UnreadableEventError } from '#event-catalog';
import { beforeFirstPosition, type EventStore, type RecordedEvent } from '#event-store';
import { nameKey } from './name-key.js';

/** Events that are looked at: the first names of a log were claimed with the secret of all others. */
const mostEvents = 256;

/**
 * Whether names in the log were claimed with this secret. With another one every name would look free.
 *
 * One claim that fits is enough, in case names are folded otherwise than when another one was made.
 *
 * @returns undefined where no claim is among the first events.
 * @throws EventStoreUnavailable
 */
export async function claimedWith(
  secret: Buffer,
  log: Pick<EventStore, 'readAll'>,
  codec: EventCodec,
): Promise<boolean | undefined> {
  const key = createSecretKey(secret);
  const recorded = await log.readAll(beforeFirstPosition, mostEvents);
  const fits = recorded.flatMap((event) => decoded(event, codec)).flatMap((envelope) => claimFits(envelope, key));
  return fits.length === 0 ? undefined : fits.includes(true);
}

function claimFits({ event, metadata: { tenantId } }: EventEnvelope, secret: KeyObject): readonly boolean[] {
  const isKeyOf = ({ key }: NameClaim, kind: NameKind, name: unknown) =>
    key === nameKey(secret, tenantId, kind, name as string);
  switch (event.type) {
    case 'UserProvisioned':
      return [isKeyOf(event.data.nameClaim, 'user-name', event.data.attributes['userName'])];
    case 'GroupProvisioned':
      return [isKeyOf(event.data.nameClaim, 'group-display-name', event.data.attributes['displayName'])];
    default:
      return [];
  }
}

/** What a later release has written says nothing here; whoever needs it finds out. */
function decoded(event: RecordedEvent, codec: EventCodec): readonly EventEnvelope[] {
  try {
    return [codec.decode(event)];
  } catch (error) {
    if (error instanceof UnreadableEventError) return [];
    throw error;
  }
}
