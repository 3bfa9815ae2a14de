import { type Bound, bounds } from './bounds.js';
import type { Evidence } from './evidence.js';

export interface Verdict {
  readonly bound: Bound;
  readonly value: number;
  readonly kept: boolean;
  readonly seen: string;
}

/** Holds what was seen against every bound. What cannot be computed, because there are too few windows, is not kept. */
export function judge(evidence: Evidence): readonly Verdict[] {
  return bounds.map((bound) => {
    const value = bound.measure(evidence);
    const kept = bound.isLeast ? value >= bound.limit : value <= bound.limit;
    return { bound, value, kept, seen: bound.seen(evidence) };
  });
}
