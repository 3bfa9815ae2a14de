import type { ReadStreamOptions } from './event-store.js';
import type { Revision } from './stream-name.js';

/** Which part of a stream to read, with the defaults filled in. */
export interface StreamRange {
  readonly from: Revision;
  /** Infinity: all. */
  readonly limit: number;
  readonly backwards: boolean;
}

/** @throws RangeError for `from` together with `backwards`, and for a negative or fractional number. */
export function streamRange({ from, limit = Infinity, direction = 'forwards' }: ReadStreamOptions = {}): StreamRange {
  const backwards = direction === 'backwards';
  if (backwards && from !== undefined) throw new RangeError('Reading backwards starts at the end; from is not allowed');
  if (from !== undefined) assertCount(from, 'from');
  if (limit !== Infinity) assertCount(limit, 'limit');
  return { from: from ?? (0 as Revision), limit, backwards };
}

/** @throws RangeError where `value` is not a whole number from 0. */
export function assertCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number from 0: ${value}`);
}
