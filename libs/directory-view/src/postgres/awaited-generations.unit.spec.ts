import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { AwaitedGenerations } from './awaited-generations.js';

const at = (position: number) => BigInt(position) as Position;

describe('the generations that a write waits for', () => {
  it('are as far as the one furthest behind', () => {
    const awaited = new AwaitedGenerations();
    expect(awaited.least).toBe(0n);
    awaited.join(1, at(5));
    awaited.join(2, at(7));
    expect(awaited.least).toBe(5n);
    expect([awaited.moved(1, at(9)), awaited.moved(3, at(1))]).toEqual([true, false]);
    expect(awaited.least).toBe(7n);
  });

  it('go back only where they are said to', () => {
    const awaited = new AwaitedGenerations();
    awaited.join(1, at(5));
    awaited.join(1, at(3));
    awaited.moved(1, at(4));
    expect(awaited.positions).toEqual(new Map([[1, at(5)]]));
    awaited.wentBack(1, at(3));
    expect(awaited.least).toBe(3n);
    awaited.moved(1, at(4));
    expect(awaited.least).toBe(4n);
  });

  it('are waited for three seconds more when they part, and for as long as ever where they come back', () => {
    let now = 0;
    const awaited = new AwaitedGenerations(() => now);
    awaited.join(1, at(5));
    awaited.part(1);
    now = 2_999;
    awaited.part(1);
    expect([...awaited.positions.keys()]).toEqual([1]);
    awaited.join(1, at(6));
    now = 10_000;
    awaited.part(1);
    expect([...awaited.positions.keys()]).toEqual([1]);
    now = 13_000;
    awaited.part(1);
    expect([...awaited.positions.keys()]).toEqual([]);
  });
});
