import { describe, expect, it } from '@jest/globals';
import type { Position, Revision, StreamName } from '#event-store';
import { reasonToStartOver } from './source-log.js';
import { sourceLogAt } from './testing/source-log.js';

const at = (position: number) => BigInt(position) as Position;

describe('what was built from a log', () => {
  const mia = 'scim.user-acme.mia' as StreamName;
  const place = (revision: number, id: string) => ({ stream: mia, revision: revision as Revision, id });
  const log = sourceLogAt('a', at(7), [place(0, 'first'), place(1, 'second')]);

  it.each([0, 6, 7])('goes on from position %s of it', async (position) => {
    expect(await reasonToStartOver(log, { identity: 'a', checkpoint: at(position) })).toBeUndefined();
  });

  it('starts over where the log is older than it is', async () => {
    const reason = 'it is at position 8, beyond the end of the log at 7';
    expect(await reasonToStartOver(log, { identity: 'a', checkpoint: at(8) })).toBe(reason);
  });

  it('starts over where the log is another one', async () => {
    expect(await reasonToStartOver(log, { identity: 'b', checkpoint: at(3) })).toBe('it was built from another log');
  });

  it('goes on from an event of the log', async () => {
    expect(
      await reasonToStartOver(log, { identity: 'a', checkpoint: at(7), last: place(1, 'second') }),
    ).toBeUndefined();
  });

  it.each([
    ['has another event there', place(1, 'lost')],
    ['ends before it', place(2, 'lost')],
  ])('starts over where the log has parted from what it was built from: a stream %s', async (_, last) => {
    const reason = `it was built from event lost of ${mia}, which the log does not have`;
    expect(await reasonToStartOver(log, { identity: 'a', checkpoint: at(5), last })).toBe(reason);
  });
});
