import { describe, expect, it } from '@jest/globals';
import { allOf, err, ok } from './result.js';

describe('all of several results', () => {
  it('are their values, in order', () => {
    expect(allOf(ok(1), ok(undefined), ok('three'))).toEqual(ok([1, undefined, 'three']));
  });

  it('are every mistake in any of them otherwise', () => {
    expect(allOf(err(['one', 'two']), ok(1), err(['three']))).toEqual(err(['one', 'two', 'three']));
  });
});
