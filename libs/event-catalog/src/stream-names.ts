import type { ResourceId, TenantId } from '#kernel';
import type { StreamName } from '#event-store';

/** The tenant stands in every stream name; EventStoreDB's category is what stands before the first dash. */
export function userStream(tenant: TenantId, id: ResourceId): StreamName {
  return `scim.user-${tenant}.${id}` as StreamName;
}

export function groupStream(tenant: TenantId, id: ResourceId): StreamName {
  return `scim.group-${tenant}.${id}` as StreamName;
}

/** @param key the keyed hash that stands for a name (`NameClaim.key`). */
export function nameStream(tenant: TenantId, key: string): StreamName {
  return `scim.name-${tenant}.${key}` as StreamName;
}
