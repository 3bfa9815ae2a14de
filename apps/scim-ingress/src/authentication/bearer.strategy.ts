import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { parseTenantId } from '#kernel';
import type { Principal } from '../http/scim-request.js';
import { BearerHeaderStrategy } from './bearer-header.strategy.js';
import { CREDENTIALS, type Credentials } from './credentials.js';

export const bearerStrategy = 'scim-bearer';

/** Bearer tokens, each good for one tenant. An unknown tenant is refused like a wrong token. */
@Injectable()
export class BearerStrategy extends PassportStrategy(BearerHeaderStrategy, bearerStrategy) {
  constructor(@Inject(CREDENTIALS) private readonly credentials: Credentials) {
    super();
  }

  validate(tenant: string, token: string): Principal | false {
    const tenantId = parseTenantId(tenant);
    const credentialId = tenantId && this.credentials.find(tenantId, token);
    return tenantId && credentialId !== undefined ? { tenantId, actor: `credential:${credentialId}` } : false;
  }
}
