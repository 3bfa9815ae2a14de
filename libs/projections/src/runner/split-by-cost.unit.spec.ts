import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { envelope } from '../testing/sample-events.js';
import { splitByCost } from './split-by-cost.js';

describe('splitByCost', () => {
  it('keeps order and every event, and exceeds the limit only with a single event', () => {
    const property = fc.property(fc.array(fc.nat({ max: 20 })), fc.integer({ min: 1, max: 30 }), (costs, limit) => {
      const batch = costs.map((_, index) => envelope(index + 1));
      const costOf = ({ position }: { position: bigint }) => costs[Number(position) - 1] as number;
      const runs = splitByCost(batch, costOf, limit);
      expect(runs.flat()).toEqual(batch);
      for (const run of runs) {
        const cost = run.map(costOf).reduce((sum, own) => sum + own, 0);
        expect(run.length === 1 || cost <= limit).toBe(true);
      }
    });
    fc.assert(property);
  });
});
