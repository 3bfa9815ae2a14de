import { describe, expect, it } from '@jest/globals';
import { comparisonOf } from '../comparison/compare.js';
import { LatencyHistogram } from '../load/latency-histogram.js';
import type { Measurement } from '../comparison/measurement.js';
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
const run = {
  date: new Date('2026-11-22T10:00:00Z'),
  machine: ['a machine'],
  method: 'A method.',
  took: 'It took a minute.',
  scale: [],
};

const measured: Measurement = {
  rate: 100,
  requests: 1,
  latency: new LatencyHistogram(),
  answerBytes: 1_000,
  generatorShare: 0.2,
  serverCost: 40,
  serverShare: 0.95,
};

function rowFor(product: Partial<Measurement>, bare: Partial<Measurement> = {}): string {
  const comparison = comparisonOf([{ subject: { ...measured, ...product }, reference: { ...measured, ...bare } }]);
  return resultsText({ ...run, phases: [{ phase, comparison }] });
}

describe('resultsText', () => {
  it('says of each load whether the ratio is too low, enough, or what is aimed at', () => {
    expect(rowFor({ rate: 19 })).toMatch(/POST user .* 0\.19 .* too slow/);
    expect(rowFor({ rate: 20 })).toMatch(/POST user .* 0\.20 .* enough/);
    expect(rowFor({ rate: 30 })).toMatch(/POST user .* 0\.30 .* aim reached/);
  });

  it('begins with the bounds that are not kept', () => {
    expect(rowFor({ rate: 19 })).toContain('Bounds that are not kept: POST user at 16 connections (0.19 of 0.20).');
    expect(rowFor({ rate: 20 })).toContain('Every bound is kept.');
  });

  it('warns where the generator had no time left', () => {
    expect(rowFor({}, { generatorShare: 0.97 })).toContain('the generator was 97 % busy');
    expect(rowFor({}, { generatorShare: 0.6 })).not.toContain('busy');
  });

  it('warns where the bare server waited for something', () => {
    expect(rowFor({}, { serverShare: 0.5 })).toContain('the bare server was only 50 % busy: the ratio is too good');
  });

  it('warns where the two did not answer the same amount', () => {
    expect(rowFor({ answerBytes: 800 })).toContain(
      'the product answered 800 bytes on the average, the bare server 1000',
    );
    expect(rowFor({ answerBytes: 950 })).not.toContain('bytes');
  });

  it('shows the ratio of processor times beside that of rates', () => {
    expect(rowFor({ rate: 20, serverCost: 160 })).toMatch(/0\.20 to 0\.20 .* enough \| +0\.25 \|/);
  });

  it('says why a load has no figures', () => {
    const text = resultsText({ ...run, phases: [{ phase, failure: 'it was answered with 500' }] });
    expect(text).toMatch(/POST user .* failed/);
    expect(text).toContain('- POST user, 16 connections failed: it was answered with 500');
  });

  it('holds sizes against a largest and speeds against a least value', () => {
    const atMost = { title: 'wait', value: 11, unit: 'ms', limit: 10, note: '' } as const;
    const atLeast = { title: 'speed', value: 11, unit: 'events/s', limit: 10, isLeast: true, note: '' } as const;
    const failed = { title: 'memory', failure: 'the server ended' };
    const text = resultsText({ ...run, phases: [], scale: [atMost, atLeast, failed] });
    expect(text).toMatch(/memory .* failed .* the server ended/);
    expect(text).toMatch(/wait .* 11\.00 ms .* at most 10 ms .* broken/);
    expect(text).toMatch(/speed .* 11\.00 events\/s .* at least 10 events\/s .* kept/);
    expect(text).toContain('Bounds that are not kept: wait; memory (failed).');
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
