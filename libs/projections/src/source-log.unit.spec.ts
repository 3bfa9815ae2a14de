import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { reasonToStartOver } from './source-log.js';

const at = (position: number) => BigInt(position) as Position;

describe('what was built from a log', () => {
  const log = { identity: 'a', head: async () => at(7) };

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
});
