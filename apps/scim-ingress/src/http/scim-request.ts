import type { FastifyRequest } from 'fastify';
import type { ResourceId, TenantId } from '#kernel';

/** Who a request is from, as found by authentication. */
export interface Principal {
  readonly tenantId: TenantId;
  /** Names the credential in events and logs, e.g. `credential:default`; never the secret. */
  readonly actor: string;
}

/** A request to the SCIM endpoints after authentication. */
export interface ScimRequest extends FastifyRequest<{
  Params: { tenantId: string; id?: ResourceId };
  Querystring: Record<string, string | string[]>;
}> {
  readonly user: Principal;
}
