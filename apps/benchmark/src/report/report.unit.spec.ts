import { describe, expect, it } from '@jest/globals';
import { comparisonOf } from '../comparison/compare.js';
import { LatencyHistogram } from '../load/latency-histogram.js';
import type { Phase } from '../phases/phase.js';
import { withResults } from './benchmarks-page.js';
import { resultsText } from './results-text.js';

const phase: Phase = {
  name: 'post-user',
  title: 'POST user',
  connections: 16,
  floor: 0.2,
  aim: 0.3,
  prepare: async () => async () => () => undefined,
};
const run = { date: new Date('2026-11-22T10:00:00Z'), machine: ['a machine'], method: 'A method.', scale: [] };

function rowFor(productRate: number, generatorShare = 0.2): string {
  const measured = (rate: number) => [{ rate, requests: 1, latency: new LatencyHistogram(), generatorShare }];
  const comparison = comparisonOf(measured(productRate), measured(100));
  return resultsText({ ...run, phases: [{ phase, comparison }] });
}

describe('resultsText', () => {
  it('says of each load whether the ratio is too low, enough, or what is aimed at', () => {
    expect(rowFor(19)).toMatch(/POST user .* 0\.19 .* too slow/);
    expect(rowFor(20)).toMatch(/POST user .* 0\.20 .* enough/);
    expect(rowFor(30)).toMatch(/POST user .* 0\.30 .* aim reached/);
  });

  it('warns where the generator had no time left', () => {
    expect(rowFor(20, 0.97)).toContain('the generator was 97 % busy');
    expect(rowFor(20, 0.6)).not.toContain('busy');
  });

  it('says why a load has no figures', () => {
    const text = resultsText({ ...run, phases: [{ phase, failure: 'it was answered with 500' }] });
    expect(text).toMatch(/POST user .* failed/);
    expect(text).toContain('- POST user, 16 connections failed: it was answered with 500');
  });

  it('holds sizes against a largest and speeds against a least value', () => {
    const atMost = { title: 'wait', value: 11, unit: 'ms', limit: 10, note: '' } as const;
    const atLeast = { title: 'speed', value: 11, unit: 'events/s', limit: 10, isLeast: true, note: '' } as const;
    const text = resultsText({ ...run, phases: [], scale: [atMost, atLeast] });
    expect(text).toMatch(/wait .* 11\.00 ms .* at most 10 ms .* broken/);
    expect(text).toMatch(/speed .* 11\.00 events\/s .* at least 10 events\/s .* kept/);
  });
});

describe('withResults', () => {
  const page = 'Before\n<!-- results: written by npm run bench -->\nold\n<!-- end of results -->\nAfter\n';

  it('replaces what stands between the marks and keeps what was written by hand', () => {
    const updated = withResults(page, 'new');
    expect(updated).toMatch(/^Before\n[^]*\nnew\n[^]*\nAfter\n$/);
    expect(updated).not.toContain('old');
    expect(withResults(updated, 'new')).toBe(updated);
  });

  it('refuses a page without the marks', () => {
    expect(() => withResults('Before\nAfter\n', 'new')).toThrow('results: written by npm run bench');
  });
});
