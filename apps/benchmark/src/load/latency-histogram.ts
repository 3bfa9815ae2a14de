import { createHistogram } from 'node:perf_hooks';

/** Microseconds; longer waits count as this: 35 minutes. */
const longest = 2 ** 31 - 1;

/** Counts latencies in milliseconds; what it tells is at most a thousandth above the true one. */
export class LatencyHistogram {
  readonly #microseconds = createHistogram({ lowest: 1, highest: longest, figures: 3 });

  get count(): number {
    return this.#microseconds.count;
  }

  /** The longest; 0 where there are none. */
  get max(): number {
    return this.#microseconds.max / 1000;
  }

  /** @param milliseconds fractions count down to the microsecond. */
  record(milliseconds: number): void {
    this.#microseconds.record(Math.min(Math.max(1, Math.round(milliseconds * 1000)), longest));
  }

  add(other: LatencyHistogram): void {
    this.#microseconds.add(other.#microseconds);
  }

  /**
   * The latency that this share of the requests, to the nearest request, did not exceed; 0 where there are none.
   *
   * @param share more than 0, at most 1.
   */
  quantile(share: number): number {
    return this.#microseconds.percentile(share * 100) / 1000;
  }
}
