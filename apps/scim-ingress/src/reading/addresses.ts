import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';

/** Where clients find what this server holds. */
export class Addresses {
  /** @param publicUrl the server as clients see it, without a slash at its end; asked anew, as the port may come late. */
  constructor(private readonly publicUrl: () => string) {}

  /** The SCIM base URL of a tenant: Entra's "Tenant URL". */
  base(tenant: TenantId): string {
    return `${this.publicUrl()}/tenants/${tenant}/scim/v2`;
  }

  resource(tenant: TenantId, type: ResourceTypeName, id: string): string {
    return `${this.base(tenant)}/${type}s/${encodeURIComponent(id)}`;
  }
}
