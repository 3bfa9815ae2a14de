import type { Window } from '../observation/window.js';
import type { Evidence } from './evidence.js';
import { bytesPerEvent, growth } from './growth.js';

/** Something that must not happen to a server however long it runs. */
export interface Bound {
  readonly title: string;
  readonly unit: '' | 'x' | 'B' | 'MiB';
  /** The most that `measure` may come to, or the least where `isLeast`. */
  readonly limit: number;
  readonly isLeast?: boolean;
  readonly measure: (evidence: Evidence) => number;
  /** What the value was made of. */
  readonly seen: (evidence: Evidence) => string;
}

const mebibyte = 2 ** 20;

/** What a soak has to show. `x` compares the last third of the windows with the middle one; the first is for settling. */
export const bounds: readonly Bound[] = [
  {
    title: 'requests that failed',
    unit: '',
    limit: 0,
    measure: ({ windows, outsideWindows }) => sum(windows, ({ failures }) => failures) + outsideWindows.failures,
    seen: ({ windows }) => `of ${sum(windows, ({ requests }) => requests)} in the windows`,
  },
  {
    title: 'requests that had to be repeated',
    unit: '',
    limit: 0,
    measure: ({ windows, outsideWindows }) => sum(windows, ({ retries }) => retries) + outsideWindows.retries,
    seen: () => '',
  },
  {
    title: 'requests in a window',
    unit: 'x',
    limit: 0.8,
    isLeast: true,
    measure: ({ windows }) => growth(windows, ({ requests }) => requests),
    seen: ({ windows }) => span(windows, ({ requests }) => requests),
  },
  {
    title: 'heap after garbage collection',
    unit: 'x',
    limit: 1.05,
    measure: ({ windows }) => growth(windows, ({ heap }) => heap),
    seen: ({ windows }) => `${span(windows, ({ heap }) => heap / mebibyte)} MiB`,
  },
  {
    title: 'resident memory',
    unit: 'x',
    limit: 1.1,
    measure: ({ windows }) => growth(windows, ({ resident }) => resident),
    seen: ({ windows }) => `${span(windows, ({ resident }) => resident / mebibyte)} MiB`,
  },
  {
    title: 'resident memory at most',
    unit: 'MiB',
    limit: 350,
    measure: ({ windows }) => Math.max(...windows.map(({ resident }) => resident / mebibyte)),
    seen: () => '',
  },
  {
    title: 'latency p50',
    unit: 'x',
    limit: 1.5,
    measure: ({ windows }) => growth(windows, ({ p50Ms }) => p50Ms),
    seen: ({ windows }) => `${span(windows, ({ p50Ms }) => p50Ms)} ms`,
  },
  {
    title: 'latency p99',
    unit: 'x',
    limit: 2,
    measure: ({ windows }) => growth(windows, ({ p99Ms }) => p99Ms),
    seen: ({ windows }) => `${span(windows, ({ p99Ms }) => p99Ms)} ms`,
  },
  {
    title: 'what an event adds to the log',
    unit: 'B',
    limit: 1_500,
    measure: ({ windows }) => bytesPerEvent(windows, ({ files }) => files.log),
    seen: ({ windows }) => `${span(windows, ({ files }) => files.log / mebibyte)} MiB`,
  },
  {
    title: 'what an event adds to the view',
    unit: 'B',
    limit: 1_000,
    measure: ({ windows }) => bytesPerEvent(windows, ({ files }) => files.view),
    seen: ({ windows }) => `${span(windows, ({ files }) => files.view / mebibyte)} MiB`,
  },
  {
    title: 'write-ahead logs and journals at most',
    unit: 'MiB',
    limit: 32,
    measure: ({ windows }) => Math.max(...windows.map(({ files }) => files.working / mebibyte)),
    seen: () => '',
  },
  {
    title: 'other files at most',
    unit: 'MiB',
    limit: 1,
    measure: ({ windows }) => Math.max(...windows.map(({ files }) => files.others / mebibyte)),
    seen: () => '',
  },
  {
    title: 'lines of the server that warn',
    unit: '',
    limit: 0,
    measure: ({ warnings }) => warnings,
    seen: () => '',
  },
  {
    title: 'differences from what was acknowledged',
    unit: '',
    limit: 0,
    measure: ({ differences }) => differences,
    seen: () => '',
  },
  {
    title: 'resources that a view built from the log shows differently',
    unit: '',
    limit: 0,
    measure: ({ rebuilt }) => rebuilt.differing,
    seen: ({ rebuilt }) => `of ${rebuilt.resources}`,
  },
  {
    title: 'events that building it added to the log',
    unit: '',
    limit: 0,
    measure: ({ rebuilt }) => rebuilt.addedEvents,
    seen: ({ windows }) => `after ${windows.at(-1)?.events ?? 0}`,
  },
];

function sum(windows: readonly Window[], value: (window: Window) => number): number {
  return windows.reduce((total, window) => total + value(window), 0);
}

function span(windows: readonly Window[], value: (window: Window) => number): string {
  const values = windows.map(value);
  return `${short(Math.min(...values))} to ${short(Math.max(...values))}`;
}

function short(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
