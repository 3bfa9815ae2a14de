import type { ScaleMeasurement } from '../../../apps/benchmark/src/scale/scale-result.js';

/** One figure with the limit it has to keep to. */
export interface Measured extends Omit<ScaleMeasurement, 'unit'> {
  readonly unit: 'events/s' | 'ms' | 'answers';
  /** What the engine does without us, in the same run and unit. */
  readonly bare?: number;
  /** Ours by the engine's: the median of the repetitions' ratios. */
  readonly ratio?: number;
}

/** A figure, or the reason there is none. */
export type Result = Measured | { readonly title: string; readonly failure: string };

export interface Report {
  readonly date: Date;
  readonly machine: readonly string[];
  /** How it was measured, in words. */
  readonly method: string;
  readonly results: readonly Result[];
}
