import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { haltOf, isOver } from './halt.js';

const position = 7n as Position;
const event = { eventId: 'event', eventType: 'user.abducted', position };

describe('the halt of a projection', () => {
  it('names the event it has stopped at, until the checkpoint has passed that', () => {
    const halt = haltOf('directory-view', { kind: 'apply', ...event, cause: new Error('there already') }, 5);
    expect(halt).toEqual({
      projection: 'directory-view',
      kind: 'apply',
      event: { id: 'event', type: 'user.abducted', position },
      reason: 'there already',
      since: 5,
    });
    expect([6n, 7n].map((checkpoint) => halt && isOver(halt, checkpoint as Position))).toEqual([false, true]);
  });

  it('names no event where none is at fault, and holds until it is lifted', () => {
    const halt = haltOf('relay', { kind: 'target', cause: new Error('other topics') }, 5);
    expect(halt).toEqual({ projection: 'relay', kind: 'target', reason: 'other topics', since: 5 });
    expect(halt && isOver(halt, 1_000n as Position)).toBe(false);
  });

  it('is none where another owner has taken over', () => {
    expect(haltOf('relay', { kind: 'ownership', cause: new Error() }, 5)).toBeUndefined();
  });
});
