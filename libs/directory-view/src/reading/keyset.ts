import type { Comparable } from '#scim-protocol';

/** A place between two resources of an ordered list, and the direction to read on in. */
export interface Keyset {
  readonly direction: 'after' | 'before';
  /** Position of the event that provisioned the resource next to the place, decimal. */
  readonly seq: string;
  /** That resource's value of the attribute sorted by, null where it has none; left out where the order is creation. */
  readonly sortValue?: Comparable | null;
}
