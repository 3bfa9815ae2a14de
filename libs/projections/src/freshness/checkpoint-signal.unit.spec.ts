import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Position } from '#event-store';
import { CheckpointSignal } from './checkpoint-signal.js';

const at = (position: number) => BigInt(position) as Position;

describe('CheckpointSignal', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('knows without waiting what has been reached', () => {
    const signal = new CheckpointSignal();
    signal.advanced(at(5));
    expect(signal.hasReached(at(5))).toBe(true);
    expect(signal.hasReached(at(6))).toBe(false);
  });

  it('never goes back', () => {
    const signal = new CheckpointSignal();
    signal.advanced(at(5));
    signal.advanced(at(3));
    expect(signal.current).toBe(5n);
  });

  it('answers everybody the move concerns and lets the others wait on', async () => {
    const signal = new CheckpointSignal();
    const answers: string[] = [];
    for (const position of [7, 5, 9]) {
      void signal.reached(at(position), 1_000).then((reached) => answers.push(`${position} ${reached}`));
    }
    signal.advanced(at(7));
    await Promise.resolve();
    expect(answers).toEqual(['5 true', '7 true']);
    signal.advanced(at(9));
    await Promise.resolve();
    expect(answers).toEqual(['5 true', '7 true', '9 true']);
  });

  it('answers false when the time is up', async () => {
    const signal = new CheckpointSignal();
    const waiting = signal.reached(at(1), 100);
    jest.advanceTimersByTime(100);
    expect(await waiting).toBe(false);
    expect(signal.stalled).toBe(false);
  });

  it('lets nobody wait for a runner that has halted, until it is heard of again', async () => {
    const signal = new CheckpointSignal();
    const waiting = signal.reached(at(1), 60_000);
    signal.halted();
    expect(await waiting).toBe(false);
    expect(await signal.reached(at(1), 60_000)).toBe(false);
    signal.advanced(at(1));
    expect(await signal.reached(at(1), 60_000)).toBe(true);
    const next = signal.reached(at(2), 60_000);
    signal.advanced(at(2));
    expect(await next).toBe(true);
  });

  it('stops waiting for a checkpoint that stands still although there is work to do', async () => {
    const signal = new CheckpointSignal({ stallAfterMs: 2_000 });
    const first = signal.reached(at(1), 2_000);
    jest.advanceTimersByTime(2_000);
    expect(await first).toBe(false);
    expect(signal.stalled).toBe(true);
    expect(await signal.reached(at(2), 2_000)).toBe(false);
  });

  it('does not take a quiet log for a standstill', () => {
    const signal = new CheckpointSignal({ stallAfterMs: 2_000 });
    void signal.reached(at(1), 2_000);
    signal.advanced(at(1));
    jest.advanceTimersByTime(60_000);
    expect(signal.stalled).toBe(false);
  });

  it('is patient with a projection that is slow but moves', () => {
    const signal = new CheckpointSignal({ stallAfterMs: 2_000 });
    void signal.reached(at(100), 60_000);
    for (let position = 1; position < 20; position++) {
      jest.advanceTimersByTime(1_500);
      signal.advanced(at(position));
    }
    expect(signal.stalled).toBe(false);
  });

  it('serves ten thousand waiters at once', async () => {
    const signal = new CheckpointSignal();
    const waiting = Array.from({ length: 10_000 }, (_, index) => signal.reached(at(index + 1), 1_000));
    for (let position = 100; position <= 10_000; position += 100) signal.advanced(at(position));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
  });

  it('tells the runner as soon as somebody waits, and wakes it when the time is up or it has to stop', async () => {
    const signal = new CheckpointSignal();
    const { signal: never } = new AbortController();
    const demanded = signal.untilAwaited(60_000, never);
    void signal.reached(at(1), 1_000);
    await demanded;
    await signal.untilAwaited(60_000, never);
    signal.advanced(at(1));

    const unasked = signal.untilAwaited(20, never);
    jest.advanceTimersByTime(20);
    await unasked;

    const stop = new AbortController();
    const stopped = signal.untilAwaited(60_000, stop.signal);
    stop.abort();
    await stopped;
    expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
  });

  it('sets one timer for all who wait', () => {
    const signal = new CheckpointSignal();
    for (let position = 1; position <= 100; position++) void signal.reached(at(position), 1_000 + position);
    expect(jest.getTimerCount()).toBe(1);
  });

  it('answers each in its time', async () => {
    const signal = new CheckpointSignal({ stallAfterMs: 60_000 });
    const answers: number[] = [];
    for (const patience of [300, 100, 200]) {
      void signal.reached(at(1), patience).then(() => answers.push(patience));
    }
    for (const expected of [[100], [100, 200], [100, 200, 300]]) {
      jest.advanceTimersByTime(100);
      await Promise.resolve();
      expect(answers).toEqual(expected);
    }
  });

  it('tells of the next change, be it a move or a halt', async () => {
    const signal = new CheckpointSignal();
    const moved = signal.changed();
    signal.advanced(at(1));
    await moved;
    const halted = signal.changed();
    signal.halted();
    await halted;
  });
});
