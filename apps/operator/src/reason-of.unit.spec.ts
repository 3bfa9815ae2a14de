import { describe, expect, it } from '@jest/globals';
import { reasonOf } from './reason-of.js';

describe('the reason of a failure', () => {
  it('is told from what it means for us to its first cause, without saying anything twice', () => {
    const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    expect(reasonOf(new Error('The ledger cannot be used now', { cause: refused }))).toBe(
      'The ledger cannot be used now: ECONNREFUSED',
    );
    expect(reasonOf(new Error('away (no leader)', { cause: new Error('no leader') }))).toBe('away (no leader)');
  });

  it('is what was thrown where that is no error', () => {
    expect(reasonOf('odd')).toBe('odd');
  });
});
