import type { JsonObject, ResourceId, TenantId } from '#kernel';
import { type DirectoryEvent, type EventEnvelope, groupStream, nameStream, userStream } from '#event-catalog';
import type { Position, Revision, StreamName } from '#event-store';
import type { ResourceTypeName } from '#scim-protocol';

/** A log written by hand: resources stand in numbered places, and every id is used once. */
export class SampleLog {
  readonly events: EventEnvelope[] = [];
  readonly #revisions = new Map<StreamName, number>();
  readonly #places = new Map<string, ResourceId>();
  readonly #former = new Map<string, ResourceId>();
  readonly #ticks: readonly number[];
  #provisioned = 0;

  /** @param ticks what the clock adds from event to event, over and over; a clock may also stand still. */
  constructor(ticks: readonly number[] = [1]) {
    this.#ticks = ticks;
  }

  /** Nothing but users, `user-<place>` in each place from 0 on. */
  static ofUsers(tenant: TenantId, count: number): SampleLog {
    const log = new SampleLog();
    for (let place = 0; place < count; place++) log.provision(tenant, 'User', place, { userName: `user-${place}` });
    return log;
  }

  idAt(tenant: TenantId, type: ResourceTypeName, place: number): ResourceId | undefined {
    return this.#places.get(`${tenant}/${type}/${place}`);
  }

  /** Who stood in a place last and is gone. */
  formerIdAt(tenant: TenantId, type: ResourceTypeName, place: number): ResourceId | undefined {
    return this.#former.get(`${tenant}/${type}/${place}`);
  }

  provision(tenant: TenantId, type: ResourceTypeName, place: number, attributes: JsonObject): ResourceId {
    this.#provisioned += 1;
    const id = `${type.toLowerCase()}-${this.#provisioned}` as ResourceId;
    this.#places.set(`${tenant}/${type}/${place}`, id);
    const nameClaim = { key: `key-${id}`, claimId: `claim-${id}` };
    this.add(tenant, type, place, () =>
      type === 'User'
        ? { type: 'UserProvisioned', data: { userId: id, attributes, nameClaim } }
        : { type: 'GroupProvisioned', data: { groupId: id, attributes, nameClaim } },
    );
    return id;
  }

  deprovision(tenant: TenantId, type: ResourceTypeName, place: number): void {
    this.add(tenant, type, place, (id) =>
      type === 'User'
        ? { type: 'UserDeprovisioned', data: { userId: id } }
        : { type: 'GroupDeprovisioned', data: { groupId: id } },
    );
    const id = this.idAt(tenant, type, place);
    if (id) this.#former.set(`${tenant}/${type}/${place}`, id);
    this.#places.delete(`${tenant}/${type}/${place}`);
  }

  /** Appends an event of the resource in a place; does nothing where there is none. */
  add(tenant: TenantId, type: ResourceTypeName, place: number, event: (id: ResourceId) => DirectoryEvent): void {
    const id = this.idAt(tenant, type, place);
    if (id) this.#append(tenant, type === 'User' ? userStream(tenant, id) : groupStream(tenant, id), event(id));
  }

  claimName(tenant: TenantId, place: number): void {
    const data = { kind: 'user-name' as const, ownerId: 'somebody' as ResourceId, claimId: 'claim' };
    this.#append(tenant, nameStream(tenant, `key-${place}`), { type: 'NameClaimed', data });
  }

  #append(tenant: TenantId, stream: StreamName, event: DirectoryEvent): void {
    const index = this.events.length;
    const revision = this.#revisions.get(stream) ?? 0;
    this.#revisions.set(stream, revision + 1);
    const before = this.events.at(-1)?.metadata.occurredAt ?? Date.UTC(2024, 0, 1);
    const occurredAt = before + (this.#ticks[index % Math.max(1, this.#ticks.length)] ?? 1);
    this.events.push({
      event,
      eventId: `event-${index + 1}`,
      stream,
      revision: revision as Revision,
      // Positions have gaps in real logs.
      position: BigInt(index * 3 + 1) as Position,
      recordedAt: occurredAt,
      metadata: {
        tenantId: tenant,
        actor: 'credential:test',
        requestId: `request-${index}`,
        commandId: `command-${index}`,
        correlationId: `correlation-${index}`,
        causationId: `causation-${index}`,
        occurredAt,
      },
    });
  }
}
