import { beforeEach, describe, expect, it } from '@jest/globals';
import { LastWords } from './last-words.js';

describe('the last words on many things', () => {
  let words: LastWords<string>;
  beforeEach(() => {
    words = new LastWords();
  });

  it('are those of the greatest revisions, in whichever order they come', () => {
    expect(words.take('mia', 4, 'is in')).toBe(true);
    expect(words.take('mia', 2, 'is out')).toBe(false);
    expect(words.take('tom', 2, 'is out')).toBe(true);
    expect([words.get('mia'), words.get('tom'), words.get('zoe')]).toEqual(['is in', 'is out', undefined]);
  });

  it('fall to what is known of things that nobody spoke of', () => {
    expect(words.take('mia', 3, 'is in', 3)).toBe(false);
    expect(words.take('mia', 4, 'is in', 3)).toBe(true);
    // Of this one there is a word, which may be older than what is known of others.
    words.take('tom', 1, 'is in');
    expect(words.take('tom', 2, 'is out', 3)).toBe(true);
  });

  it('can be forgotten, unless there is a newer one', () => {
    words.take('mia', 3, 'is in');
    words.forget('mia', 2);
    expect(words.get('mia')).toBe('is in');
    words.forget('mia', 3);
    expect(words.get('mia')).toBeUndefined();
  });
});
