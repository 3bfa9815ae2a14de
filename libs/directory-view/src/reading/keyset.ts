/** A place between two resources of an ordered list, and the direction to read on in. */
export interface Keyset {
  readonly direction: 'after' | 'before';
  /** Position of the event that provisioned the resource next to the place, decimal. */
  readonly seq: string;
  /** What that resource is sorted by, null where it has no value; left out where the order is creation. */
  readonly sortValue?: SortKey | null;
}

/** As the engines compare it: booleans are 0 and 1. */
export type SortKey = string | number;
