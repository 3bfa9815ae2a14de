import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
      // To ask for a key keeps it, so each is asked for in a map of its own.
      const held = keys.filter((key) => holding(capacity, keys.slice(0, length)).get(key) !== undefined);
      expect(held).toEqual(keys.slice(length - held.length, length));
      expect(held.length).toBeGreaterThanOrEqual(Math.min(length, capacity / 2));
      expect(held.length).toBeLessThanOrEqual(capacity);
    }
  });

  it('takes an odd capacity for the next even one', () => {
    const held = (capacity: number) => ['a', 'b', 'c', 'd', 'e'].filter((key) => holding(capacity, 'abcd').get(key));
    expect(held(3)).toEqual(held(4));
    expect(held(1)).toEqual(held(2));
  });

  it('drops what was not set for longest once it is full', () => {
    const recent = holding(2, ['a', 'b', 'a', 'c']);
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual(['value of a', undefined, 'value of c']);
  });

  it('keeps what is asked for, however much comes after it', () => {
    const recent = holding(4, ['a']);
    for (let index = 0; index < 20; index++) {
      recent.set(`key ${index}`, 'passes by');
      expect(recent.get('a')).toBe('value of a');
    }
    expect(recent.get('key 0')).toBeUndefined();
  });

  it('holds what was set or asked for last, and no more than its capacity, in whatever order that came', () => {
    const keys = Array.from('abcdefgh');
    const uses = fc.array(fc.record({ key: fc.constantFrom(...keys), isSet: fc.boolean() }), { maxLength: 40 });
    const property = fc.property(uses, (history) => {
      const used = new Set<string>();
      const replayed = () => {
        const recent = holding(6, []);
        for (const { key, isSet } of history) {
          if (isSet) recent.set(key, key);
          else if (recent.get(key) === undefined) continue;
          used.delete(key);
          used.add(key);
        }
        return recent;
      };
      const held = keys.filter((key) => replayed().get(key) !== undefined);
      expect(held).toEqual(expect.arrayContaining([...used].slice(-3)));
      expect(held.length).toBeLessThanOrEqual(6);
    });
    fc.assert(property, { seed: 20260101 });
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
