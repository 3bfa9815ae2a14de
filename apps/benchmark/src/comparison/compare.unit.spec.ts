import { describe, expect, it } from '@jest/globals';
import type { LoadResult } from '../load/closed-loop.js';
import { LatencyHistogram } from '../load/latency-histogram.js';
import { compare, comparisonOf } from './compare.js';
import { median } from './median.js';

function result(rate: number, latencyMs = 1): LoadResult {
  const latency = new LatencyHistogram();
  latency.record(latencyMs);
  return { rate, requests: 1, latency, generatorShare: 0.5 };
}

const results = (...rates: readonly number[]) => rates.map((rate) => result(rate));

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('lies between the two in the middle', () => {
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it('does not exist for nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('comparisonOf', () => {
  it('divides the medians, so that one strayed run does not count', () => {
    const { ratio } = comparisonOf(results(50, 51, 1), results(100, 5, 101));
    expect(ratio).toBe(0.5);
  });

  it('shows how far the repetitions strayed, and the latencies of all of them', () => {
    const { subject } = comparisonOf([result(50, 3), result(70, 8)], results(1));
    expect(subject).toMatchObject({ rate: 60, slowest: 50, fastest: 70 });
    expect(subject.latency.count).toBe(2);
    expect(subject.latency.max).toBe(8);
  });
});

describe('compare', () => {
  it('warms both sides up, then measures them in turns', async () => {
    const calls: string[] = [];
    const side = (name: string, rate: number) => async (seconds: number) => {
      calls.push(`${name} ${seconds}`);
      return result(seconds === 9 ? 1 : rate);
    };
    const options = { repetitions: 2, seconds: 3, warmUpSeconds: 9 };
    const { ratio } = await compare(side('product', 20), side('bare', 80), options);
    expect(calls).toEqual(['product 9', 'bare 9', 'product 3', 'bare 3', 'product 3', 'bare 3']);
    expect(ratio).toBe(0.25);
  });
});
