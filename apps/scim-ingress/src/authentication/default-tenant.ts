import type { TenantId } from '#kernel';

/** The tenant every installation has, and the id of its credential where configuration alone says which that is. */
export const defaultTenant = 'default' as TenantId;
export const defaultCredential = 'default';
