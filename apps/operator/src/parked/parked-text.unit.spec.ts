import { describe, expect, it } from '@jest/globals';
import type { Position, Revision, StreamName } from '#event-store';
import type { ParkedKey } from '#event-relay';
import { parkedJson } from './parked-json.js';
import { parkedText } from './parked-text.js';

const parked: ParkedKey = {
  key: 'acme:mia',
  stream: 'scim.user-acme.mia' as StreamName,
  revision: 3 as Revision,
  position: 9_007_199_254_740_993n as Position,
  eventId: '0199-event',
  eventType: 'UserProfileChanged',
  reason: 'It is too large.',
  parkedAt: Date.UTC(2026, 10, 27, 12),
};

describe('the list of parked keys', () => {
  it('says that there are none', () => {
    expect(parkedText([])).toBe('No key is parked.\n');
    expect(parkedJson([])).toEqual({ parked: [] });
  });

  it('shows all that one needs to act, and what was asked for', () => {
    expect(parkedText([parked, { ...parked, key: 'acme:tom', request: 'retry' }]))
      .toBe(`2 keys are parked, the longest first.

acme:mia
  event      0199-event
  which is   UserProfileChanged, revision 3, position 9007199254740993
  parked     2026-11-27T12:00:00.000Z
  because    It is too large.

acme:tom
  event      0199-event
  which is   UserProfileChanged, revision 3, position 9007199254740993
  parked     2026-11-27T12:00:00.000Z
  because    It is too large.
  asked for  retry, not done yet
`);
  });

  it('keeps positions exact in JSON, and says where nothing was asked for', () => {
    expect(JSON.parse(JSON.stringify(parkedJson([parked])))).toEqual({
      parked: [{ ...parked, position: '9007199254740993', parkedAt: '2026-11-27T12:00:00.000Z', request: null }],
    });
  });
});
