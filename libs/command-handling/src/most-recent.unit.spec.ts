import { describe, expect, it } from '@jest/globals';
import { MostRecent } from './most-recent.js';

describe('MostRecent', () => {
  it('drops what was not set for longest once it is full', () => {
    const recent = new MostRecent<string, number>(2);
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const)
      recent.set(key, value);
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([3, undefined, 4]);
  });

  it('has room again after a deletion', () => {
    const recent = new MostRecent<string, number>(1);
    recent.set('a', 1);
    recent.delete('a');
    recent.set('b', 2);
    expect([recent.get('a'), recent.get('b')]).toEqual([undefined, 2]);
  });
});
