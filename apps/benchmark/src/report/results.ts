import type { Comparison } from '../comparison/compare.js';
import type { Phase } from '../phases/phase.js';
import type { ScaleResult } from '../scale/scale-result.js';

/** A phase with its figures, or with the reason there are none. */
export type PhaseResult =
  { readonly phase: Phase; readonly comparison: Comparison } | { readonly phase: Phase; readonly failure: string };

export interface BenchmarkResults {
  readonly date: Date;
  readonly machine: readonly string[];
  /** How the phases were measured, in words. */
  readonly method: string;
  /** How long its parts took, in words. */
  readonly took: string;
  readonly phases: readonly PhaseResult[];
  readonly scale: readonly ScaleResult[];
}
