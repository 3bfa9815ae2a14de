import type { Comparison } from '../comparison/compare.js';

/** One thing that must not grow with the directory, or must stay within bounds. */
export interface ScaleMeasurement {
  readonly title: string;
  readonly value: number;
  readonly unit: 'x' | 'ms' | 's' | 'MiB' | 'events/s';
  /** The most `value` may be, or the least where `isLeast`. */
  readonly limit: number;
  readonly isLeast?: boolean;
  /** What else was seen. */
  readonly note: string;
}

/** A measurement, or the reason there is none. */
export type ScaleResult = ScaleMeasurement | { readonly title: string; readonly failure: string };

export function isWithinLimit({
  value,
  limit,
  isLeast = false,
}: Pick<ScaleMeasurement, 'value' | 'limit' | 'isLeast'>): boolean {
  return isLeast ? value >= limit : value <= limit;
}

/** Most that a request may cost in a large directory or group, as a multiple of its cost in a small one. */
const mostGrowth = 1.3;

/**
 * How many times as much a request costs in large (the subject) as in small. By time and by the server's processor time,
 * whichever is more: a slow disk hides work, and processor time knows nothing of the disk.
 */
export function growthResult(title: string, comparison: Comparison): ScaleMeasurement {
  const { ratio, leastRatio, greatestRatio, costRatio, subject, reference } = comparison;
  const span = `${(1 / greatestRatio).toFixed(2)} to ${(1 / leastRatio).toFixed(2)}`;
  const byCost = costRatio === undefined ? '' : `; by CPU time ${(1 / costRatio).toFixed(2)}`;
  return {
    title,
    value: Math.max(1 / ratio, 1 / (costRatio ?? ratio)),
    unit: 'x',
    limit: mostGrowth,
    note:
      `${Math.round(subject.rate)} by ${Math.round(reference.rate)} requests/s; ` +
      `by time ${(1 / ratio).toFixed(2)} (${span})${byCost}`,
  };
}
