import type { SchemaRegistry } from '#scim-protocol';
import { codeVersionOf } from '../tables/code-version.js';

/** What the processes around one view in PostgreSQL know of each other, by name in its database. */
export const projectorNames = {
  /** Of the lease whose holder runs what is done once for all releases: the processes and the relay. */
  lease: 'projector',
  /** Of the lease whose holder keeps up the generations of a code version. */
  viewLease: (codeVersion: string) => `view ${codeVersion}`,
  /** Of the process that ends the memberships of what was deleted. */
  membershipEnd: 'membership-end',
} as const;

/** Name of the lease of what this release builds for these schemas. */
export function viewLeaseOf(registry: SchemaRegistry): string {
  return projectorNames.viewLease(codeVersionOf(registry));
}
