import type { TenantId } from '#kernel';
import type { EventEnvelope } from '#event-catalog';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlTransaction } from '../sql/sql-connection.js';
import { loadResources } from './load-resources.js';
import { loadResourceTypes } from './load-resource-types.js';
import { resourceOfEvent } from './resource-of-event.js';
import { ResourceSet } from './resource-set.js';

/** Everything of the view that one batch of events needs to know and may change. */
export class BatchRows {
  readonly resources = new ResourceSet();
  readonly #typesBefore = new Map<TenantId, ReadonlyMap<string, ResourceTypeName>>();

  private constructor(readonly transaction: SqlTransaction) {}

  /** Reads what the batch is about, a few statements for all of it. */
  static async read(transaction: SqlTransaction, batch: readonly EventEnvelope[]): Promise<BatchRows> {
    const rows = new BatchRows(transaction);
    await rows.#readResources(batch);
    await rows.#readMemberTypes(batch);
    return rows;
  }

  /** What kind of resource has this id, as of the last event applied. */
  typeOf(tenant: TenantId, id: string): ResourceTypeName | undefined {
    for (const type of ['User', 'Group'] as const) {
      const key = { tenant, type, id };
      if (this.resources.has(key) && this.resources.get(key)) return type;
    }
    const before = this.#typesBefore.get(tenant)?.get(id);
    // A resource the batch knows was answered above: it is gone by now.
    return before && !this.resources.has({ tenant, type: before, id }) ? before : undefined;
  }

  async #readResources(batch: readonly EventEnvelope[]): Promise<void> {
    const wanted = new Map<string, { tenant: TenantId; type: ResourceTypeName; ids: Set<string> }>();
    for (const envelope of batch) {
      const key = resourceOfEvent(envelope);
      if (!key) continue;
      const { tenant, type, id } = key;
      const group = wanted.get(`${tenant}/${type}`) ?? { tenant, type, ids: new Set() };
      wanted.set(`${tenant}/${type}`, group);
      group.ids.add(id);
    }
    for (const { tenant, type, ids } of wanted.values()) {
      const stored = new Map((await loadResources(this.transaction, tenant, type, ids)).map((row) => [row.id, row]));
      for (const id of ids) this.resources.add({ tenant, type, id }, stored.get(id));
    }
  }

  /** Entra sends members as bare ids. What they are is looked up as of their event, whatever batch it comes in. */
  async #readMemberTypes(batch: readonly EventEnvelope[]): Promise<void> {
    const untyped = new Map<TenantId, Set<string>>();
    for (const { event, metadata } of batch) {
      if (event.type !== 'GroupMembershipChanged') continue;
      const ids = untyped.get(metadata.tenantId) ?? new Set();
      untyped.set(metadata.tenantId, ids);
      for (const { value, type } of event.data.added) if (type === undefined) ids.add(value);
    }
    for (const [tenant, ids] of untyped) {
      if (ids.size > 0) this.#typesBefore.set(tenant, await loadResourceTypes(this.transaction, tenant, ids));
    }
  }
}
