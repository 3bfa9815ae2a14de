import { describe, expect, it } from '@jest/globals';
import { foldCase } from './case-folding.js';

describe('the folded form of a text', () => {
  it.each([
    ['Straße', 'STRASSE'],
    ['Jos\u00e9', 'jose\u0301'],
    ['ＭＩＡ', 'mia'],
    ['a\u0301\u0327', 'A\u0327\u0301'],
  ])('is the same for %j and %j', (left, right) => {
    expect(foldCase(left)).toBe(foldCase(right));
  });

  it('stays the same when folded again, also after a long run of combining marks', () => {
    for (const text of ['İstanbul', `a${'\u0301\u0327'.repeat(100)}`, `か${'\uff9e\u0301'.repeat(100)}`]) {
      expect(foldCase(foldCase(text))).toBe(foldCase(text));
    }
  });

  it.each([
    ['combining marks', '\u0301\u0327'],
    ['marks of the half-width forms', '\uff9e\u0301'],
    ['marks outside the basic plane', '\u{1d16d}\u{1d165}'],
  ])('is found in a time that grows with the length, whatever the order of %s', (_, marks) => {
    // A time that grew with the square would outlast the test.
    expect(foldCase(`a${marks.repeat(500_000)}`)).not.toBe('');
  });
});
