import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { Resource, ResourceKey } from '../tables/resource-row.js';
import type { ResourceWriter } from './resource-writer.js';

interface Entry {
  readonly stored: Resource | undefined;
  current: Resource | undefined;
}

/**
 * The users and groups that one batch of events is about: read once, changed in memory, written once. Five hundred
 * changes of one group in a batch cost one row.
 */
export class ResourceSet {
  readonly #entries = new Map<string, Entry>();
  /** By how many the resources of a tenant and type grow, for every pair that one was provisioned in or removed from. */
  readonly #growth = new Map<string, { readonly tenant: TenantId; readonly type: ResourceTypeName; by: number }>();

  /** @param stored the resource as its row has it; undefined where there is no row. */
  add(key: ResourceKey, stored: Resource | undefined): void {
    this.#entries.set(entryKey(key), { stored, current: stored });
  }

  /** The resource as of the last event applied; undefined where it does not exist then. */
  get(key: ResourceKey): Resource | undefined {
    return this.#entry(key).current;
  }

  /** Whether the batch knows the resource at all, existing or not. */
  has(key: ResourceKey): boolean {
    return this.#entries.has(entryKey(key));
  }

  put(resource: Resource): void {
    const entry = this.#entry(resource);
    if (!entry.current) this.#grow(resource, 1);
    entry.current = resource;
  }

  remove(key: ResourceKey): void {
    this.#entry(key).current = undefined;
    this.#grow(key, -1);
  }

  write(transaction: SqlTransaction, writer: ResourceWriter): void {
    for (const { stored, current } of this.#entries.values()) {
      if (stored === current) continue;
      if (!current) writer.delete(transaction, stored as Resource);
      else if (stored) writer.update(transaction, stored, current);
      else writer.insert(transaction, current);
    }
    for (const { tenant, type, by } of this.#growth.values()) writer.addToCount(transaction, tenant, type, by);
  }

  #entry(key: ResourceKey): Entry {
    const entry = this.#entries.get(entryKey(key));
    if (!entry) throw new Error(`${key.type} ${key.id} was not read for this batch.`);
    return entry;
  }

  #grow({ tenant, type }: ResourceKey, by: number): void {
    const growth = this.#growth.get(`${tenant}/${type}`);
    if (growth) growth.by += by;
    else this.#growth.set(`${tenant}/${type}`, { tenant, type, by });
  }
}

/** Neither a tenant id nor a type contains a slash. */
function entryKey({ tenant, type, id }: ResourceKey): string {
  return `${tenant}/${type}/${id}`;
}
