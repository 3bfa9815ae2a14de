import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TenantId } from '#kernel';
import type { Credentials } from './credentials.js';

/** A bearer token as it is kept: enough to recognise it, not enough to use it. Texts are hexadecimal. */
export interface StoredCredential {
  readonly id: string;
  readonly tenant: TenantId;
  readonly salt: string;
  /** SHA-256 of the salt's hexadecimal text and the token. */
  readonly digest: string;
}

/** 256 bits: guessing is hopeless, so a fast hash protects a generated token as well as a slow one. */
export function generateToken(): string {
  return randomBytes(32).toString('base64url');
}

export function storedCredential(id: string, tenant: TenantId, token: string): StoredCredential {
  const salt = randomBytes(16).toString('hex');
  return { id, tenant, salt, digest: digestOf(salt, token).toString('hex') };
}

/** Compares with every credential of the tenant in constant time. */
export class BearerCredentials implements Credentials {
  readonly #byTenant: ReadonlyMap<TenantId, readonly { id: string; salt: string; digest: Buffer }[]>;

  constructor(stored: readonly StoredCredential[]) {
    this.#byTenant = Map.groupBy(
      stored.map(({ id, tenant, salt, digest }) => ({
        id,
        tenant,
        salt,
        digest: Buffer.from(digest, 'hex'),
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

function digestOf(salt: string, token: string): Buffer {
  return hash('sha256', `${salt}${token}`, 'buffer');
}
