import { describe, expect, it } from '@jest/globals';
import type { Revision, StreamName } from '#event-store';
import { type EventRow, toRecordedEvent } from './event-row.js';

const row: EventRow = {
  position: 7,
  stream: 'scim.user-acme.mia' as StreamName,
  revision: 2 as Revision,
  id: '017f22e2-79b0-8543-8a73-4da7b062751a',
  type: 'user.profile-changed',
  data: '{"userId":"mia"}',
  metadata: '{"tenant":"acme"}',
  recordedAt: 1_234,
};

describe('toRecordedEvent', () => {
  it('gives what the row holds', () => {
    const expected = { ...row, position: 7n, data: { userId: 'mia' }, metadata: { tenant: 'acme' } };
    expect(toRecordedEvent(row)).toMatchObject(expected);
  });

  it('parses a text once, and anew for every event made of the row', () => {
    const event = toRecordedEvent(row);
    expect(event.data).toBe(event.data);
    expect(event.metadata).toBe(event.metadata);
    expect(toRecordedEvent(row).data).not.toBe(event.data);
  });

  it('tells events with other data apart, whether anybody looked at it or not', () => {
    const looked = toRecordedEvent(row);
    expect(looked.data).toEqual({ userId: 'mia' });
    expect(toRecordedEvent(row)).toEqual(looked);
    expect(toRecordedEvent({ ...row, data: '{"userId":"tom"}' })).not.toEqual(looked);
  });

  it('leaves a damaged text to whoever looks at it, and not to those who pass the event by', () => {
    const event = toRecordedEvent({ ...row, data: '{"userId":' });
    expect(event).toMatchObject({ type: row.type, position: 7n, metadata: { tenant: 'acme' } });
    expect(() => event.data).toThrow(SyntaxError);
  });
});
