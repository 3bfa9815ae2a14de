import { isWithinLimit, type ScaleMeasurement } from '../scale/scale-result.js';
import type { BenchmarkResults } from './results.js';

type Limited = Pick<ScaleMeasurement, 'title' | 'value' | 'limit' | 'isLeast'>;

/** What was measured and is not as it has to be, or could not be measured, in words. */
export function missedBounds({ phases, scale }: Pick<BenchmarkResults, 'phases' | 'scale'>): readonly string[] {
  const slow = phases.flatMap((result) => {
    const { title, connections, floor } = result.phase;
    if ('failure' in result) return [`${title} (failed)`];
    const { ratio } = result.comparison;
    if (floor === undefined || ratio >= floor) return [];
    return [`${title} at ${connections} connections (${ratio.toFixed(2)} of ${floor.toFixed(2)})`];
  });
  return [...slow, ...missedLimits(scale)];
}

export function missedLimits(results: readonly (Limited | { title: string; failure: string })[]): readonly string[] {
  return results.flatMap((result) => {
    if ('failure' in result) return [`${result.title} (failed)`];
    return isWithinLimit(result) ? [] : [result.title];
  });
}

/** One sentence, for the top of a page. */
export function saidOfMissed(missed: readonly string[]): string {
  return missed.length === 0 ? 'Every bound is kept.' : `Bounds that are not kept: ${missed.join('; ')}.`;
}
