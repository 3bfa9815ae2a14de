import { describe, expect, it } from '@jest/globals';
import { MostRecent } from './most-recent.js';

function holding(capacity: number, keys: Iterable<string>): MostRecent<string, string> {
  const recent = new MostRecent<string, string>(capacity);
  for (const key of keys) recent.set(key, `value of ${key}`);
  return recent;
}

describe('MostRecent', () => {
  it.each([2, 4, 10])('holds the last half of its capacity of %d at least, and no more than all of it', (capacity) => {
    const keys = Array.from({ length: 25 }, (_, index) => `key ${index}`);
    for (let length = 0; length <= keys.length; length++) {
      const recent = holding(capacity, keys.slice(0, length));
      const held = keys.filter((key) => recent.get(key) !== undefined);
      expect(held).toEqual(keys.slice(length - held.length, length));
      expect(held.length).toBeGreaterThanOrEqual(Math.min(length, capacity / 2));
      expect(held.length).toBeLessThanOrEqual(capacity);
    }
  });

  it('drops what was not set for longest once it is full', () => {
    const recent = holding(2, ['a', 'b', 'a', 'c']);
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual(['value of a', undefined, 'value of c']);
  });

  it('gives what a key was last set to', () => {
    const recent = holding(4, ['a', 'b', 'c']);
    recent.set('a', 'again');
    expect(recent.get('a')).toBe('again');
    recent.set('d', 'other');
    expect(recent.get('a')).toBe('again');
  });

  it('forgets a key wherever it stands', () => {
    const recent = holding(4, ['a', 'b', 'c', 'a']);
    recent.delete('a');
    recent.delete('b');
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([undefined, undefined, 'value of c']);
  });
});
