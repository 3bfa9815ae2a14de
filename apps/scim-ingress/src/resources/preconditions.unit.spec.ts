import { describe, expect, it } from '@jest/globals';
import { isKnownVersion, requiredRevision } from './preconditions.js';

describe('If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['W/"3"', 3],
    ['"3"', 3],
    [' W/"12" ', 12],
  ])('%s asks for revision %s', (header, revision) => {
    expect(requiredRevision(header)).toEqual({ ok: true, value: revision });
  });

  it.each(['W/"abc"', '3', 'W/"1", W/"2"', ''])('%j is no version of ours and cannot be fulfilled', (header) => {
    expect(requiredRevision(header)).toMatchObject({ ok: false, error: { status: 412 } });
  });
});

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['W/"3"', true],
    ['"3"', true],
    ['W/"2", W/"3"', true],
    ['*', true],
    ['W/"2"', false],
    ['nonsense', false],
  ])('%s knows revision 3: %s', (header, known) => {
    expect(isKnownVersion(header, 3)).toBe(known);
  });
});
