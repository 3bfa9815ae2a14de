import { median } from '../../../benchmark/src/comparison/median.js';
import type { Window } from '../observation/window.js';

/**
 * How a value moves once the server has settled: its median in the last third of the windows by that in the middle third.
 * The first third is left out: compilers warm up and caches fill.
 */
export function growth(windows: readonly Window[], value: (window: Window) => number): number {
  const third = Math.floor(windows.length / 3);
  const middle = windows.slice(-2 * third, -third);
  const last = windows.slice(-third);
  return median(last.map(value)) / median(middle.map(value));
}

/**
 * Bytes that a file grows with each event, over all windows. A database's file grows in steps, whenever its write-ahead
 * log is carried over: a few thousand events have to lie between the first window and the last.
 */
export function bytesPerEvent(windows: readonly Window[], bytes: (window: Window) => number): number {
  const first = windows[0];
  const last = windows.at(-1);
  return first && last ? (bytes(last) - bytes(first)) / (last.events - first.events) : NaN;
}
