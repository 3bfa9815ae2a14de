/** Buckets for every doubling of the value: a quantile is at most 1/32 above the true one. */
const resolution = 32;
const resolutionBits = 5;
/** Longer waits count as this: 35 minutes. */
const longest = 2 ** 31 - 1;

/** Counts latencies in buckets that widen with the value: little memory, and no sorting at the end. */
export class LatencyHistogram {
  readonly #counts = new Float64Array(resolution * (33 - resolutionBits));
  #total = 0;
  #max = 0;

  get count(): number {
    return this.#total;
  }

  /** The longest, milliseconds; exact. */
  get max(): number {
    return this.#max;
  }

  /** @param milliseconds fractions count down to the microsecond. */
  record(milliseconds: number): void {
    const microseconds = Math.min(Math.max(0, Math.round(milliseconds * 1000)), longest);
    const bucket = bucketOf(microseconds);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total++;
    if (milliseconds > this.#max) this.#max = milliseconds;
  }

  add(other: LatencyHistogram): void {
    for (const [bucket, count] of other.#counts.entries()) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    }
    this.#total += other.#total;
    this.#max = Math.max(this.#max, other.#max);
  }

  /**
   * The latency that this share of the requests did not exceed, milliseconds; 0 where there are none.
   *
   * @param share from 0 to 1.
   */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.#total));
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(upperBound(bucket) / 1000, this.#max);
    }
    return 0;
  }
}

/** Values below twice the resolution have a bucket each; above, the leading bits choose it. */
function bucketOf(microseconds: number): number {
  const shift = Math.max(0, 31 - Math.clz32(microseconds) - resolutionBits);
  return shift * resolution + (microseconds >>> shift);
}

function upperBound(bucket: number): number {
  if (bucket < 2 * resolution) return bucket;
  const shift = Math.floor(bucket / resolution) - 1;
  return (bucket - shift * resolution + 1) * 2 ** shift - 1;
}
