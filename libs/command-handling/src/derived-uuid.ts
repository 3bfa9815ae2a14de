import { hash } from 'node:crypto';

/**
 * The UUID that stands for a name under a UUID: the same for the same two, for any others another. A UUIDv8 (RFC 9562
 * section 5.8): the first 48 bits are the parent's, so that what is derived from a UUIDv7 has its time and its place in
 * an index, and 72 bits are of a SHA-256 of both.
 *
 * @param parent in lower case.
 */
export function derivedUuid(parent: string, name: string): string {
  const digest = hash('sha256', `${parent}/${name}`);
  return `${parent.slice(0, 13)}-8${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`;
}
