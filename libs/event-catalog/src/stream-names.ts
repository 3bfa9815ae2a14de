import type { ResourceId, TenantId } from '#kernel';
import type { StreamName } from '#event-store';

/** The tenant stands in every stream name; EventStoreDB's category is what stands before the first dash. */
export function userStream(tenant: TenantId, id: ResourceId): StreamName {
  return `scim.user-${tenant}.${id}` as StreamName;
}

export function groupStream(tenant: TenantId, id: ResourceId): StreamName {
  return `scim.group-${tenant}.${id}` as StreamName;
}

/** What the names of the streams of names begin with; nothing of users and groups is there. */
export const nameStreamPrefix = 'scim.name-';

/** @param key the keyed hash that stands for a name (`NameClaim.key`). */
export function nameStream(tenant: TenantId, key: string): StreamName {
  return `${nameStreamPrefix}${tenant}.${key}` as StreamName;
}

/** A user or group, as the name of its stream tells. */
export interface StreamOwner {
  readonly kind: 'user' | 'group';
  readonly tenantId: TenantId;
  readonly id: ResourceId;
}

/** A tenant id has neither dash nor dot, so both ends of it are found without knowing it. */
const ownedStream = /^scim\.(user|group)-([^.]+)\.(.+)$/s;

/** Whose stream it is; undefined for the streams of names. */
export function ownerOfStream(stream: StreamName): StreamOwner | undefined {
  const [, kind, tenantId, id] = ownedStream.exec(stream) ?? [];
  if (kind === undefined) return undefined;
  return { kind: kind as StreamOwner['kind'], tenantId: tenantId as TenantId, id: id as ResourceId };
}
