import { setTimeout as sleep } from 'node:timers/promises';
import { reportOf, RunRecord } from '../../../entra-simulator/src/simulator.js';
import type { Sampler } from './sampler.js';
import type { Sample, Window } from './window.js';

/** A load that goes on by itself and can be told where to record what it begins from here on. */
export interface RecordedLoad {
  /** Rejects where the load cannot go on. */
  readonly failed: Promise<never>;
  recordTo(record: RunRecord): void;
}

export interface ObserveOptions {
  readonly load: RecordedLoad;
  readonly sampler: Sampler;
  readonly windows: number;
  /** Length of a window, seconds. */
  readonly seconds: number;
  /** Hears of each window when it is over; requests of cycles that are still under way are not in it yet. */
  readonly observed: (window: Window, number: number) => void;
}

/** A window that is over, though the cycles begun in it may still be under way. */
export interface Observation {
  readonly record: RunRecord;
  readonly sample: Sample;
}

/** Watches a server under load, one window after the other. */
export async function observe(options: ObserveOptions): Promise<readonly Observation[]> {
  const { load, sampler, windows, seconds, observed } = options;
  const observations: Observation[] = [];
  for (let number = 1; number <= windows; number++) {
    const record = new RunRecord();
    load.recordTo(record);
    await elapsed(seconds, load.failed);
    const observation = { record, sample: await sampler.sample() };
    observations.push(observation);
    observed(windowOf(observation), number);
  }
  return observations;
}

/** @throws what `failed` rejects with, at once. */
async function elapsed(seconds: number, failed: Promise<never>): Promise<void> {
  const pause = new AbortController();
  try {
    await Promise.race([sleep(seconds * 1000, undefined, { signal: pause.signal }), failed]);
  } finally {
    pause.abort();
  }
}

export function windowOf({ record, sample }: Observation): Window {
  const { requests, failures, retries, p50Ms, p99Ms } = reportOf(record, 0, {}).total;
  return { requests, failures, retries, p50Ms, p99Ms, ...sample };
}
