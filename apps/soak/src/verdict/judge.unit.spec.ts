import { describe, expect, it } from '@jest/globals';
import { RunRecord } from '../../../entra-simulator/src/simulator.js';
import { observe, windowOf } from '../observation/observe.js';
import type { Sampler } from '../observation/sampler.js';
import type { Sample, Window } from '../observation/window.js';
import { bounds } from './bounds.js';
import type { Evidence } from './evidence.js';
import { judge } from './judge.js';
import { soakText } from './soak-text.js';

const mebibyte = 2 ** 20;

function sample(number: number): Sample {
  const events = 10_000 * (number + 1);
  const files = { log: 800 * events, view: 400 * events, working: 20 * mebibyte, serverLog: 300 * events, others: 100 };
  return { events, heap: 50 * mebibyte, resident: 150 * mebibyte, files };
}

function window(number: number): Window {
  return { ...sample(number), requests: 1_000, failures: 0, retries: 0, p50Ms: 2, p99Ms: 20 };
}

const steady: Evidence = {
  windows: Array.from({ length: 9 }, (_, number) => window(number)),
  outsideWindows: { failures: 0, retries: 0 },
  differences: 0,
  rebuilt: { differing: 0, resources: 300, addedEvents: 0 },
  warnings: 0,
};

function withWindows(change: (window: Window, number: number) => Partial<Window>): Evidence {
  return { ...steady, windows: steady.windows.map((window, number) => ({ ...window, ...change(window, number) })) };
}

/** A server that is ill in one way, for every bound. */
const illnesses: Readonly<Record<string, Evidence>> = {
  'requests that failed': withWindows((_, number) => ({ failures: number === 4 ? 1 : 0 })),
  'requests that had to be repeated': { ...steady, outsideWindows: { failures: 0, retries: 1 } },
  'requests in a window': withWindows((_, number) => ({ requests: number < 6 ? 1_000 : 700 })),
  'heap after garbage collection': withWindows(({ heap }, number) => ({ heap: heap + number * mebibyte })),
  'resident memory': withWindows(({ resident }, number) => ({ resident: resident + 8 * number * mebibyte })),
  'resident memory at most': withWindows(() => ({ resident: 351 * mebibyte })),
  'latency p50': withWindows((_, number) => ({ p50Ms: 2 + 2 * number })),
  'latency p99': withWindows((_, number) => ({ p99Ms: number < 6 ? 20 : 41 })),
  'what an event adds to the log': withWindows(({ files, events }) => ({ files: { ...files, log: 1_600 * events } })),
  'what an event adds to the view': withWindows(({ files, events }) => ({ files: { ...files, view: 1_100 * events } })),
  'write-ahead logs and journals at most': withWindows(({ files }) => ({
    files: { ...files, working: 33 * mebibyte },
  })),
  'other files at most': withWindows(({ files }) => ({ files: { ...files, others: 2 * mebibyte } })),
  'lines of the server that warn': { ...steady, warnings: 1 },
  'differences from what was acknowledged': { ...steady, differences: 1 },
  'resources that a view built from the log shows differently': {
    ...steady,
    rebuilt: { ...steady.rebuilt, differing: 1 },
  },
  'events that building it added to the log': { ...steady, rebuilt: { ...steady.rebuilt, addedEvents: 1 } },
};

function brokenBy(evidence: Evidence): string[] {
  return judge(evidence).flatMap(({ kept, bound }) => (kept ? [] : [bound.title]));
}

describe('the verdict on a soak', () => {
  it('keeps every bound where the server stays as it is', () => {
    expect(brokenBy(steady)).toEqual([]);
    expect(soakText(judge(steady))).toContain('Every bound was kept.');
  });

  it.each(bounds.map(({ title }) => title))('breaks the bound on %s, and no other, where only that is ill', (title) => {
    expect(brokenBy(illnesses[title] ?? steady)).toEqual([title]);
  });

  it('names what is broken', () => {
    expect(soakText(judge({ ...steady, warnings: 3 }))).toMatch(/lines of the server that warn .* 3 .* BROKEN/);
    expect(soakText(judge({ ...steady, warnings: 3 }))).toContain('Broken: lines of the server that warn.');
  });

  it('does not let pass what it has not seen enough of', () => {
    expect(() => brokenBy({ ...steady, windows: [] })).toThrow('median of nothing');
    const idle = withWindows(() => ({ events: 1 }));
    expect(brokenBy(idle)).toContain('what an event adds to the log');
  });
});

describe('a watched server', () => {
  const neverFails = new Promise<never>(() => undefined);
  const load = { failed: neverFails, recordTo: (record: RunRecord) => record.phase('load').attempted(0, 5) };

  async function watched(sampler: Sampler): Promise<Evidence> {
    const observations = await observe({ load, sampler, windows: 9, seconds: 0, observed: () => undefined });
    return { ...steady, windows: observations.map(windowOf) };
  }

  it('is well where each look at it finds the same', async () => {
    let look = 0;
    expect(brokenBy(await watched({ sample: async () => sample(look++) }))).toEqual([]);
  });

  it('is found out where it leaks', async () => {
    let look = 0;
    const leaking = async () => {
      const seen = sample(look++);
      return { ...seen, heap: seen.heap + look * mebibyte, resident: seen.resident + 8 * look * mebibyte };
    };
    expect(brokenBy(await watched({ sample: leaking }))).toEqual(['heap after garbage collection', 'resident memory']);
  });

  it('is not watched any longer when the load cannot go on', async () => {
    const failed = Promise.reject(new Error('the load ended'));
    const sampler = { sample: async () => sample(0) };
    const watching = observe({
      load: { ...load, failed },
      sampler,
      windows: 9,
      seconds: 60,
      observed: () => undefined,
    });
    await expect(watching).rejects.toThrow('the load ended');
  });
});
