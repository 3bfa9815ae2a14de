import { describe, expect, it } from '@jest/globals';
import { LatencyHistogram } from '../load/latency-histogram.js';
import { compare, comparisonOf } from './compare.js';
import type { Measurement } from './measurement.js';
import { median } from './median.js';

function result(rate: number, cost: Pick<Measurement, 'serverCost'> = {}, latencyMs = 1): Measurement {
  const latency = new LatencyHistogram();
  latency.record(latencyMs);
  return { rate, requests: 1, latency, answerBytes: 1, generatorShare: 0.5, ...cost };
}

/** @param rates of the subject and of the reference, one after the other. */
const pairs = (...rates: readonly (readonly [number, number])[]) =>
  rates.map(([subject, reference]) => ({ subject: result(subject), reference: result(reference) }));

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
  it('takes the ratio from neighbours, so that a time when everything was slow does not count', () => {
    const { ratio } = comparisonOf(pairs([50, 100], [5, 10], [51, 102]));
    expect(ratio).toBe(0.5);
  });

  it('takes the one in the middle, so that one strayed run does not count, and shows how far it strayed', () => {
    const compared = comparisonOf(pairs([50, 100], [90, 100], [49, 100]));
    expect(compared).toMatchObject({ ratio: 0.5, leastRatio: 0.49, greatestRatio: 0.9 });
  });

  it('keeps the latencies of all repetitions', () => {
    const reference = result(1);
    const { subject } = comparisonOf([
      { subject: result(50, {}, 3), reference },
      { subject: result(70, {}, 8), reference },
    ]);
    expect(subject.rate).toBe(60);
    expect(subject.latency.count).toBe(2);
    expect(subject.latency.max).toBeCloseTo(8, 1);
  });

  it('compares processor time where it is known of every repetition', () => {
    const known = { subject: result(1, { serverCost: 100 }), reference: result(1, { serverCost: 20 }) };
    expect(comparisonOf([known, known]).costRatio).toBe(0.2);
    expect(comparisonOf([known, ...pairs([1, 1])]).costRatio).toBeUndefined();
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
