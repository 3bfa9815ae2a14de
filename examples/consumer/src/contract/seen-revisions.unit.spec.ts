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

  it('tell where events are missing within what comes again', () => {
    const seen = new SeenRevisions();
    for (const revision of [0, 1, 2, 3]) seen.take('acme:mia', revision);
    const verdicts = [0, 1, 3, 4].map((revision) => seen.take('acme:mia', revision));
    expect(verdicts).toEqual(['repeated', 'repeated', 'jump', 'next']);
  });

  it('begin after the newest that states named, where the topic has no event of the key', () => {
    const seen = new SeenRevisions();
    seen.named('acme:admins', 4);
    seen.named('acme:admins', 2);
    expect([5, 7].map((revision) => seen.take('acme:admins', revision))).toEqual(['next', 'jump']);
    seen.named('acme:users', 4);
    expect([7, 8].map((revision) => seen.take('acme:users', revision))).toEqual(['jump', 'next']);
  });

  it('do not take for seen what states only named', () => {
    const seen = new SeenRevisions();
    seen.named('acme:admins', 4);
    expect([2, 3, 5].map((revision) => seen.take('acme:admins', revision))).toEqual(['next', 'next', 'jump']);
    expect(seen.last('acme:admins')).toBe(5);
    expect(seen.last('acme:users')).toBe(-1);
  });
});
