import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TenantId } from '#kernel';
import type { Credentials } from '../../../scim-ingress/src/index.js';

/** A bearer token as it is kept: enough to recognise it, not enough to use it. Texts are hexadecimal. */
export interface StoredCredential {
  readonly id: string;
  readonly tenant: TenantId;
  readonly salt: string;
  /** HMAC-SHA-256 of the token, keyed by the salt. */
  readonly digest: string;
}

/** 256 bits: guessing is hopeless, so a fast hash protects a generated token as well as a slow one. */
export function generateToken(): string {
  return randomBytes(32).toString('base64url');
}

export function storedCredential(id: string, tenant: TenantId, token: string): StoredCredential {
  const salt = randomBytes(16);
  return { id, tenant, salt: salt.toString('hex'), digest: digestOf(salt, token).toString('hex') };
}

/** Compares with every credential of the tenant in constant time. */
export class BearerCredentials implements Credentials {
  readonly #byTenant: ReadonlyMap<TenantId, readonly { id: string; salt: Buffer; digest: Buffer }[]>;

  constructor(stored: readonly StoredCredential[]) {
    this.#byTenant = Map.groupBy(
      stored.map(({ id, tenant, salt, digest }) => ({
        ...{ id, tenant, salt: Buffer.from(salt, 'hex'), digest: Buffer.from(digest, 'hex') },
      })),
      ({ tenant }) => tenant,
    );
  }

  find(tenant: TenantId, token: string): string | undefined {
    let found: string | undefined;
    for (const { id, salt, digest } of this.#byTenant.get(tenant) ?? []) {
      if (timingSafeEqual(digestOf(salt, token), digest)) found = id;
    }
    return found;
  }
}

function digestOf(salt: Buffer, token: string): Buffer {
  return createHmac('sha256', salt).update(token).digest();
}
