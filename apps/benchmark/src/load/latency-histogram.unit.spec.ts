import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram.js';

function histogramOf(...milliseconds: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latency of milliseconds) histogram.record(latency);
  return histogram;
}

describe('LatencyHistogram', () => {
  it('gives a quantile that is never below the true one and at most 1/32 above it', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 1, maxLength: 200 });
    const property = fc.property(latencies, fc.double({ min: 0.01, max: 1, noNaN: true }), (microseconds, share) => {
      const sorted = microseconds.toSorted((left, right) => left - right);
      const exact = (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number) / 1000;
      const found = histogramOf(...microseconds.map((value) => value / 1000)).quantile(share);
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * (1 + 1 / 32));
    });
    fc.assert(property, { seed: 20260101 });
  });

  it('knows the longest latency exactly', () => {
    expect(histogramOf(1.25, 987.654, 3).max).toBe(987.654);
    expect(histogramOf(1.25, 987.654, 3).quantile(1)).toBe(987.654);
  });

  it('is the same whether latencies are counted together or added up', () => {
    const together = histogramOf(1, 2, 3, 40, 500);
    const sum = histogramOf(1, 40);
    sum.add(histogramOf(2, 3, 500));
    expect(sum.count).toBe(5);
    for (const share of [0.2, 0.5, 0.99]) expect(sum.quantile(share)).toBe(together.quantile(share));
  });

  it('counts a wait beyond all bounds as the longest it knows', () => {
    const histogram = histogramOf(1e12);
    expect(histogram.quantile(0.5)).toBeCloseTo(2 ** 31 / 1000, 0);
  });

  it('has nothing to say of no requests', () => {
    expect(histogramOf().quantile(0.99)).toBe(0);
  });
});
