import type { ResourceId, TenantId } from '#kernel';
import type { StreamOwner } from '#event-catalog';

/** Key of every event and state of one user or group; order holds per key. */
export function resourceKey({ tenantId, id }: Pick<StreamOwner, 'tenantId' | 'id'>): string {
  return `${tenantId}:${id}`;
}

/** Tenant and group id have no colon; what the client wrote as a member may. */
export function membershipKey(tenantId: TenantId, groupId: ResourceId, member: string): string {
  return `${tenantId}:${groupId}:${member}`;
}
