import type { IncomingHttpHeaders } from 'node:http';
import { Strategy } from 'passport';
import type { Principal } from '../http/scim-request.js';

type Done = (error: unknown, principal?: Principal | false) => void;
export type VerifyBearer = (tenant: string, token: string, done: Done) => void;

interface BearerRequest {
  readonly headers: IncomingHttpHeaders;
  readonly params: { readonly tenantId: string };
}

/**
 * The bearer token of a request (RFC 6750 section 2.1). Only the Authorization header counts: in an address or a body a
 * token would end up in logs.
 */
export function bearerTokenOf({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S{1,4096})$/i.exec(authorization)?.[1];
}

/** Hands the bearer token of a request to whoever can tell whose it is. */
export class BearerHeaderStrategy extends Strategy {
  // Not a #private field: Passport calls strategies through objects that merely inherit from them.
  private readonly verify: VerifyBearer;

  constructor(verify: VerifyBearer) {
    super();
    this.verify = verify;
  }

  override authenticate(request: unknown): void {
    const { headers, params } = request as BearerRequest;
    const token = bearerTokenOf(headers);
    if (token === undefined) {
      this.fail(401);
      return;
    }
    this.verify(params.tenantId, token, (error, principal) => {
      if (error) this.error(error);
      else if (principal) this.success(principal);
      else this.fail(401);
    });
  }
}
