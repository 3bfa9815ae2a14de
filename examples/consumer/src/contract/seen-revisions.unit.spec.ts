import { describe, expect, it } from '@jest/globals';
import { SeenRevisions } from './seen-revisions.js';

describe('the revisions of a key that were seen', () => {
  it('tell the next event from one that comes again', () => {
    const seen = new SeenRevisions();
    const verdicts = [0, 1, 0, 1, 2, 2].map((revision) => seen.take('acme:mia', revision));
    expect(verdicts).toEqual(['next', 'next', 'repeated', 'repeated', 'next', 'repeated']);
  });

  it('tell where events are missing, once', () => {
    const seen = new SeenRevisions();
    expect([0, 3, 4].map((revision) => seen.take('acme:mia', revision))).toEqual(['next', 'jump', 'next']);
    expect(seen.take('acme:tom', 1)).toBe('jump');
  });

  it('begin at the newest that states told of', () => {
    const seen = new SeenRevisions();
    seen.startAt('acme:admins', 4);
    seen.startAt('acme:admins', 2);
    const verdicts = [3, 4, 5, 7].map((revision) => seen.take('acme:admins', revision));
    expect(verdicts).toEqual(['repeated', 'repeated', 'next', 'jump']);
  });
});
