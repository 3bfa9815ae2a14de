import { createHmac, type KeyObject } from 'node:crypto';
import { foldCase, type TenantId } from '#kernel';
import type { NameKind } from '#directory-domain';

/**
 * Stands for a name in the names of claim streams: HMAC-SHA-256 of the folded name, 40 hexadecimal digits. Without the
 * secret nobody can tell from a stream's name whose it is, or that two tenants know the same person.
 *
 * @param secret prepared once: preparing it costs more than hashing.
 */
export function nameKey(secret: KeyObject, tenant: TenantId, kind: NameKind, name: string): string {
  return createHmac('sha256', secret)
    .update(`${tenant}\0${kind}\0${foldCase(name)}`)
    .digest('hex')
    .slice(0, 40);
}
