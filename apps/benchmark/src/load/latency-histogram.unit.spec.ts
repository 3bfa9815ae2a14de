import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram.js';

function histogramOf(...milliseconds: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latency of milliseconds) histogram.record(latency);
  return histogram;
}

describe('LatencyHistogram', () => {
  it('gives a quantile that is at most a thousandth above the true one', () => {
    const latencies = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 200 });
    const property = fc.property(latencies, fc.double({ min: 0.01, max: 1, noNaN: true }), (microseconds, share) => {
      const sorted = microseconds.toSorted((left, right) => left - right);
      const place = share * sorted.length;
      const [below, above] = [Math.floor(place), Math.ceil(place)].map(
        (rank) => sorted[Math.max(0, rank - 1)] as number,
      );
      const found = 1000 * histogramOf(...microseconds.map((value) => value / 1000)).quantile(share);
      expect(found).toBeGreaterThan((below as number) - 0.01);
      expect(found).toBeLessThan((above as number) * 1.001 + 0.01);
    });
    fc.assert(property, { seed: 20260101 });
  });

  it('knows the longest latency to a thousandth', () => {
    const histogram = histogramOf(1.25, 987.654, 3);
    expect(histogram.max).toBeGreaterThanOrEqual(987.654);
    expect(histogram.max).toBeLessThan(987.654 * 1.001);
    expect(histogram.quantile(1)).toBe(histogram.max);
  });

  it('counts what took no time that can be told', () => {
    expect(histogramOf(0, 0.0001).count).toBe(2);
    expect(histogramOf(0, 0.0001).max).toBe(0.001);
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
    expect(histogramOf().max).toBe(0);
  });
});
