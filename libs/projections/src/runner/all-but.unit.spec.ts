import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { allBut } from './all-but.js';

const stored = (type: string) => ({ type }) as RecordedEvent;

describe('allBut', () => {
  it('leaves out the types it was given, by the names they are stored under', () => {
    const concerns = allBut('NameClaimed', 'NameReleased');
    expect(['name.claimed', 'name.released', 'user.provisioned'].map((type) => concerns(stored(type)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('lets a type through that nobody knows', () => {
    expect(allBut('NameClaimed')(stored('name.lent'))).toBe(true);
  });
});
