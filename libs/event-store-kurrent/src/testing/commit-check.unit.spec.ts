import { describe, expect, it } from '@jest/globals';
import { type Expectation, checkCommit } from './commit-check.js';

/** The rules that `docs/eventstoredb.md` relies on, on a stream of the events a, b, c. */
describe('a write of the loopback server', () => {
  const ids = ['a', 'b', 'c'];
  const stream = {
    current: 2,
    idAt: (revision: number) => ids[revision],
    recentRevisionOf: (id: string) => (ids.includes(id) ? ids.indexOf(id) : undefined),
  };

  it.each<{ expected: Expectation; write: string[]; decision: string; lastRevision?: number }>([
    { expected: 2, write: ['d'], decision: 'ok' },
    { expected: 2, write: ['a'], decision: 'ok' },
    { expected: 2, write: ['d', 'd'], decision: 'ok' },
    { expected: 3, write: ['d'], decision: 'wrong expected version' },
    { expected: -1, write: ['a'], decision: 'idempotent', lastRevision: 0 },
    { expected: -1, write: ['a', 'b', 'c'], decision: 'idempotent', lastRevision: 2 },
    { expected: 0, write: ['b', 'c'], decision: 'idempotent', lastRevision: 2 },
    { expected: 0, write: ['b', 'x'], decision: 'wrong expected version' },
    { expected: 1, write: ['c', 'd'], decision: 'wrong expected version' },
    { expected: 0, write: ['x'], decision: 'wrong expected version' },
    { expected: 0, write: [], decision: 'wrong expected version' },
    { expected: 'any', write: ['b'], decision: 'idempotent', lastRevision: 1 },
    { expected: 'any', write: ['d'], decision: 'ok' },
    { expected: 'any', write: ['c', 'd'], decision: 'wrong expected version' },
    { expected: 'stream exists', write: ['d'], decision: 'ok' },
  ])('of $write after $expected is $decision', ({ expected, write, decision, lastRevision }) => {
    expect(checkCommit(stream, expected, write)).toEqual({
      decision,
      ...(lastRevision !== undefined && { lastRevision }),
    });
  });

  it('to a stream that has to exist is refused where it does not', () => {
    const nothing = { current: -1, idAt: () => undefined, recentRevisionOf: () => undefined };
    expect(checkCommit(nothing, 'stream exists', ['a'])).toEqual({ decision: 'wrong expected version' });
  });
});
