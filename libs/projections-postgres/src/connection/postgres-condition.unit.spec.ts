import { describe, expect, it } from '@jest/globals';
import { conditionOf } from './postgres-condition.js';

const withCode = (code: string) => Object.assign(new Error('of the driver'), { code });

describe('what an error of PostgreSQL says', () => {
  it.each(['57P01', '57P03', '08006', '53300', '53100', '57014', '55P03', '40P01', '25006', '28P01', '42P01'])(
    'is that the database is away: %s',
    (state) => expect(conditionOf(withCode(state))).toBe('away'),
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE'])('is that it cannot be reached: %s', (code) => {
    expect(conditionOf(withCode(code))).toBe('away');
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
  ])('is the same where the driver has no code for it: %s', (message) => {
    expect(conditionOf(new Error(message))).toBe('away');
  });

  it.each(['XX001', 'XX002'])('is that its data is damaged: %s', (state) => {
    expect(conditionOf(withCode(state))).toBe('damaged');
  });

  it.each(['42601', '22P02', '23505', '42501'])('is nothing of the kind where a statement is wrong: %s', (state) => {
    expect(conditionOf(withCode(state))).toBe('broken');
  });

  it('is nothing where it is no error of it at all', () => {
    for (const other of [undefined, null, 'away', new TypeError('undefined is not a function')]) {
      expect(conditionOf(other)).toBe('broken');
    }
  });
});
