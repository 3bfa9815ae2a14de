import { hash, randomBytes } from 'node:crypto';
import type { Principal } from '../http/scim-request.js';

/** Far more than an installation has credentials; beyond it the memory begins anew. */
const mostTokens = 1_000;

/**
 * Whose the tokens are that Passport has verified, so that it is asked once for a token and not once for a request. Keeps
 * digests, which are of no use outside this process. Right as long as credentials are fixed while the process runs: where
 * they can be revoked, a token must be forgotten with its credential.
 */
export class VerifiedTokens {
  readonly #key = randomBytes(32).toString('hex');
  readonly #principals = new Map<string, Principal>();

  find(tenant: string, token: string): Principal | undefined {
    return this.#principals.get(this.#digestOf(tenant, token));
  }

  remember(tenant: string, token: string, principal: Principal): void {
    if (this.#principals.size >= mostTokens) this.#principals.clear();
    this.#principals.set(this.#digestOf(tenant, token), principal);
  }

  /** A token contains no space, so no two pairs read the same. */
  #digestOf(tenant: string, token: string): string {
    return hash('sha256', `${this.#key} ${tenant} ${token}`, 'hex');
  }
}
