import type { Brand } from './brand.js';

/** One customer directory. Lower-case letters, digits and `_`, 1-63 characters: stream names cut at the first dash. */
export type TenantId = Brand<string, 'TenantId'>;

/** The `id` of a SCIM resource: opaque, never changed, never reused. */
export type ResourceId = Brand<string, 'ResourceId'>;

/** Names one command; the ids of its events are derived from it, so that a retry is the same write. */
export type CommandId = Brand<string, 'CommandId'>;

const tenantIdPattern = /^[a-z0-9_]{1,63}$/;

/** @returns the tenant id, or undefined where `text` cannot be one. */
export function parseTenantId(text: string): TenantId | undefined {
  return tenantIdPattern.test(text) ? (text as TenantId) : undefined;
}
