/** One thing that must not grow with the directory, or must stay within bounds. */
export interface ScaleResult {
  readonly title: string;
  readonly value: number;
  readonly unit: 'x' | 'ms' | 's' | 'MiB' | 'events/s';
  /** The most `value` may be, or the least where `isLeast`. */
  readonly limit: number;
  readonly isLeast?: boolean;
  /** What else was seen. */
  readonly note: string;
}

export function isWithinLimit({ value, limit, isLeast = false }: ScaleResult): boolean {
  return isLeast ? value >= limit : value <= limit;
}
