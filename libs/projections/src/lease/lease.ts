/**
 * Who of several processes does what only one should do at a time. Saves work; what keeps two from writing is the epoch
 * of each target (`ProjectionTarget`). Contract: `leaseContract` in `#projections/testing`.
 */
export interface Lease {
  /** How long a holder that is not heard of keeps it, milliseconds. */
  readonly lastsMs: number;

  /**
   * Takes the lease where nobody holds it, and renews it where this one does.
   *
   * @returns whether it is held from now on, for `lastsMs` after the call at the least.
   * @throws Error where nobody can tell now.
   */
  claim(): Promise<boolean>;

  /** Gives it back where it is held, so that nobody has to wait for its end. Never fails: it ends by itself too. */
  release(): Promise<void>;
}
