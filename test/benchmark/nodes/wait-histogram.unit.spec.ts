import { describe, expect, it } from '@jest/globals';
import { quantileOf, waitsBetween } from './wait-histogram.js';

const waits = (one: number, two: number, all: number) => [
  { bound: 1, answers: one },
  { bound: 2, answers: two },
  { bound: Infinity, answers: all },
];

describe('a quantile of waits', () => {
  it('lies within its bucket in proportion', () => {
    expect(quantileOf(waits(10, 20, 20), 0.5)).toBe(1);
    expect(quantileOf(waits(10, 20, 20), 0.75)).toBe(1.5);
    expect(quantileOf(waits(0, 20, 20), 0.5)).toBe(1.5);
  });

  it('is the last bound where it lies beyond all of them', () => {
    expect(quantileOf(waits(0, 0, 5), 0.5)).toBe(2);
  });

  it('is that of the answers between two looks', () => {
    expect(quantileOf(waitsBetween(waits(100, 100, 100), waits(100, 120, 120)), 0.5)).toBe(1.5);
  });
});
