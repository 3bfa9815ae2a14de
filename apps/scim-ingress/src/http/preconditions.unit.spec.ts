import { describe, expect, it } from '@jest/globals';
import { isAnyKnown, isKnownVersion, requiredRevisions } from './preconditions.js';

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['W/"3"', [3]],
    ['"3"', [3]],
    [' W/"12" ', [12]],
    ['W/"1", "2",W/"3"', [1, 2, 3]],
    ['"of another server", W/"2"', [2]],
  ])('%s asks for one of the revisions %j', (header, revisions) => {
    expect(requiredRevisions(header)).toEqual({ ok: true, value: revisions && new Set(revisions) });
  });

  it.each(['W/"abc"', '3', '', ','])('%j is no version of ours and cannot be fulfilled', (header) => {
    expect(requiredRevisions(header)).toMatchObject({ ok: false, error: { status: 412 } });
  });
});

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['W/"3"', true],
    ['"3"', true],
    ['W/"2", W/"3"', true],
    ['*', false],
    ['W/"2"', false],
    ['nonsense', false],
  ])('%s knows revision 3: %s', (header, known) => {
    expect(isKnownVersion(header, 3)).toBe(known);
  });

  it.each([
    ['*', true],
    [' * ', true],
    ['"*"', false],
    ['W/"3"', false],
    [undefined, false],
  ])('%s knows any revision: %s', (header, known) => {
    expect(isAnyKnown(header)).toBe(known);
  });
});
