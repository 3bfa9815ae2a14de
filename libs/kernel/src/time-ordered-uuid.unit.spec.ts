import { describe, expect, it } from '@jest/globals';
import { timeOrderedUuid } from './time-ordered-uuid.js';

const random = 'b3f1c9d2-5e6a-4cc3-98c4-dc0c0c07398f';

describe('timeOrderedUuid', () => {
  it('makes the UUIDv7 of RFC 9562, appendix A.6', () => {
    expect(timeOrderedUuid(1_645_557_742_000, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('orders by time', () => {
    const instants = [0, 1, 255, 256, 65_536, 1_645_557_742_000, 281_474_976_710_655];
    const ids = instants.map((at) => timeOrderedUuid(at, random));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.at(-1)).toBe('ffffffff-ffff-7cc3-98c4-dc0c0c07398f');
  });
});
