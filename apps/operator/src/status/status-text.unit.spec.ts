import { describe, expect, it } from '@jest/globals';
import { damagedVersion } from '#directory-view';
import type { Position } from '#event-store';
import { sampleGeneration, sampleStatus } from '../testing/sample-status.js';
import { problemsOf } from './problems-of.js';
import type { Status } from './status.js';
import { statusJson } from './status-json.js';
import { statusText } from './status-text.js';

const behind = { events: 1_000, isMore: true, since: Date.UTC(2026, 10, 27, 12) };
const textOf = (status: Status) => statusText(status, problemsOf(status));

describe('the status in words', () => {
  it('says first that all is well, then how far everything is', () => {
    const building = sampleGeneration({ number: 4, state: 'building', checkpoint: 1n as Position, lag: behind });
    expect(textOf(sampleStatus({ generations: [sampleGeneration(), building] }))).toBe(`All is well.

log     ends at position 7
leader  projector-1 process 7 abc, since 2026-11-27T00:00:00.000Z
view    generation 3 (live), version 2-abc, at position 7, up to date
view    generation 4 (building), version 2-abc, at position 1, more than 1000 events behind, the first of 2026-11-27T12:00:00.000Z
relay   at position 7, up to date; parked keys: 0
`);
  });

  it('says of a live generation that nobody keeps it up', () => {
    const generations = [sampleGeneration({ isKeptUp: false })];
    expect(textOf(sampleStatus({ generations }))).toContain('generation 3 (live, nobody keeps it up), version 2-abc');
  });

  it('says first what is to be done, then what is not known', () => {
    const unasked = [{ part: 'log', reason: 'ECONNREFUSED' }];
    const status = sampleStatus({ head: undefined, leader: { isRunning: false }, relay: null, unasked });
    expect(textOf(status)).toMatch(
      /^Somebody has to act:\n {2}- No projector leads.*\n {2}- The log could not be asked: ECONNREFUSED\n\nlog +\?\nleader +nobody\n/,
    );
    expect(textOf({ ...status, leader: undefined })).toMatch(/^Nobody can tell:\n {2}- The log/);
  });
});

describe('what an operator has to do something about', () => {
  const still = { lag: behind, standsStill: true };
  const halt = { projection: 'directory-view', kind: 'target' as const, reason: 'odd', since: 0 };

  it.each<[string, Partial<Status>, RegExp]>([
    [
      'a reader that stands still',
      { generations: [sampleGeneration(still)] },
      /^Generation 3 of the view stands still/,
    ],
    [
      'one of another release that somebody keeps up, though a newer one is well',
      { generations: [sampleGeneration({ number: 2, codeVersion: '1-abc', ...still }), sampleGeneration()] },
      /^Generation 2 of the view stands still/,
    ],
    [
      'a projection that has stopped, and not that it stands still besides',
      {
        generations: [sampleGeneration(still)],
        halts: [halt],
      },
      /^directory-view has stopped, since 1970-01-01T00:00:00.000Z, target: odd$/,
    ],
    [
      'rows that are gone',
      { generations: [sampleGeneration({ checkpoint: undefined })] },
      /^The rows of generation 3 of/,
    ],
    [
      'a file of the view that cannot be read, as its server has found',
      { generations: [sampleGeneration({ codeVersion: damagedVersion })] },
      /^Generation 3 of the view is damaged: lists are refused.*Restart the server/,
    ],
    ['a view without a live generation', { generations: [] }, /^No generation of the view is live/],
    [
      'a relay of another log',
      {
        relay: {
          checkpoint: 7n as Position,
          lag: undefined,
          standsStill: false,
          mismatch: 'it was built from another log',
          parkedKeys: 0,
        },
      },
      /^The log is not that of the relay: it was built from another log\. "relay start-over" says what it means/,
    ],
    [
      'parked keys',
      { relay: { checkpoint: 7n as Position, lag: undefined, standsStill: false, parkedKeys: 2 } },
      /^2 keys are parked/,
    ],
    [
      'that nobody leads, and not that nothing moves besides',
      {
        composition: 'embedded',
        leader: { isRunning: false },
        generations: [sampleGeneration(still)],
      },
      /^No server runs on the data folder\.$/,
    ],
  ])('is %s', (_, differing, problem) => {
    expect(problemsOf(sampleStatus(differing))).toEqual([expect.stringMatching(problem)]);
  });

  it('is nothing of an earlier release that nobody keeps up any more', () => {
    const former = sampleGeneration({ number: 2, codeVersion: '1-abc', isKeptUp: false, ...still });
    expect(problemsOf(sampleStatus({ generations: [former, sampleGeneration()] }))).toEqual([]);
  });

  it('is nothing that could not be asked', () => {
    const unknown = { head: undefined, leader: undefined, generations: undefined, relay: undefined, halts: undefined };
    expect(problemsOf(sampleStatus(unknown))).toEqual([]);
  });
});

describe('the status as JSON', () => {
  it('has positions as text, times in ISO 8601, and null for what could not be asked', () => {
    const halt = { projection: 'relay', kind: 'apply' as const, reason: 'odd', since: 0 };
    const event = { id: 'event', type: 'user.abducted', position: 9_007_199_254_740_993n as Position };
    const status = sampleStatus({ head: undefined, relay: undefined, halts: [{ ...halt, event }] });
    expect(JSON.parse(JSON.stringify(statusJson(status, ['one'])))).toEqual({
      healthy: false,
      problems: ['one'],
      unasked: [],
      composition: 'distributed',
      log: null,
      leader: { isRunning: true, holder: 'projector-1 process 7 abc', since: '2026-11-27T00:00:00.000Z' },
      generations: [
        {
          number: 3,
          state: 'live',
          codeVersion: '2-abc',
          isKeptUp: true,
          checkpoint: '7',
          lag: { events: 0, isMore: false, since: null },
          standsStill: false,
        },
      ],
      relay: null,
      halts: [{ ...halt, since: '1970-01-01T00:00:00.000Z', event: { ...event, position: '9007199254740993' } }],
    });
  });
});
