import { createSecretKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '#kernel';
import { type EventCodec, type EventEnvelope, UnreadableEventError } from '#event-catalog';
import { beforeFirstPosition, type EventStore, type RecordedEvent } from '#event-store';
import { groupAggregate, type NamedType, nameIn, userAggregate } from '../aggregate-type.js';
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
  const keyOf = (type: NamedType, attributes: JsonObject) =>
    nameKey(secret, tenantId, type.nameKind, nameIn(type, attributes));
  switch (event.type) {
    case 'UserProvisioned':
      return [event.data.nameClaim.key === keyOf(userAggregate, event.data.attributes)];
    case 'GroupProvisioned':
      return [event.data.nameClaim.key === keyOf(groupAggregate, event.data.attributes)];
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
