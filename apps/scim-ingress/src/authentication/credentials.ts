import type { TenantId } from '#kernel';

/** Injection token of the credentials that open the SCIM endpoints. */
export const CREDENTIALS = Symbol('CREDENTIALS');

/** Knows which bearer tokens open which tenant. */
export interface Credentials {
  /** @returns the id of the tenant's credential the token is, or undefined. Takes the same time for every wrong token. */
  find(tenant: TenantId, token: string): string | undefined;
}
