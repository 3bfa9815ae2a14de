import { randomUUID } from 'node:crypto';
import type { JsonObject, ResourceId, TenantId } from '#kernel';
import type { UserEvent } from '#directory-domain';
import { eventCodec, userStream } from '#event-catalog';
import type { EventStore, Position, Revision } from '#event-store';

export const sampleTenant = 'acme' as TenantId;

/** Writes events of users straight into a log, many at once. */
export class SampleHistory {
  /** How many events each user has. */
  readonly #lengths = new Map<ResourceId, number>();
  readonly #ids: readonly ResourceId[];

  constructor(
    private readonly log: EventStore,
    users: number,
    name = 'user',
  ) {
    this.#ids = Array.from({ length: users }, (_, number) => `${name}-${number}` as ResourceId);
  }

  /** One more event of every user. @returns the position of the last. */
  async grow(attributes: JsonObject = {}): Promise<Position> {
    const appends = this.#ids.map((id) => {
      const length = this.#lengths.get(id) ?? 0;
      this.#lengths.set(id, length + 1);
      const expected = length === 0 ? ('no-stream' as const) : ((length - 1) as Revision);
      return { stream: userStream(sampleTenant, id), expected, events: [this.#record(id, length, attributes)] };
    });
    const result = await this.log.append(appends);
    if (result.outcome !== 'appended') throw new Error(`The sample was not appended: ${result.outcome}`);
    return result.position;
  }

  #record(userId: ResourceId, length: number, attributes: JsonObject) {
    const requestId = randomUUID();
    const metadata = { tenantId: sampleTenant, actor: 'credential:test', requestId, occurredAt: Date.now() };
    const causes = { commandId: requestId, correlationId: requestId, causationId: requestId };
    return eventCodec.encode(randomUUID(), eventOf(userId, length, attributes), { ...metadata, ...causes });
  }
}

function eventOf(userId: ResourceId, length: number, attributes: JsonObject): UserEvent {
  if (length > 0) {
    return {
      type: 'UserProfileChanged',
      data: { userId, assigned: { title: `${length}`, ...attributes }, unassigned: [] },
    };
  }
  const nameClaim = { key: userId, claimId: randomUUID() };
  return {
    type: 'UserProvisioned',
    data: { userId, attributes: { userName: userId, active: true, ...attributes }, nameClaim },
  };
}
