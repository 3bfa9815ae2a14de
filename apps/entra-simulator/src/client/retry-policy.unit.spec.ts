import { describe, expect, it } from '@jest/globals';
import { isTransient, waitBeforeRetry } from './retry-policy.js';
import { type Exchange } from './scim-transport.js';

const answered = (status: number, retryAfter?: string): Exchange => ({
  answered: true,
  answer: { status, contentType: '', text: '', body: undefined },
  retryAfter,
});
const policy = { retries: 2, delayMs: 500 };
const now = Date.parse('2026-11-21T10:00:00Z');

describe('a retry', () => {
  it('is worth it after 429, 5xx and silence, not after a refusal', () => {
    expect([429, 500, 503].map((status) => isTransient(answered(status)))).toEqual([true, true, true]);
    expect(isTransient({ answered: false, reason: 'ECONNRESET' })).toBe(true);
    expect([400, 401, 404, 409, 501].some((status) => isTransient(answered(status)))).toBe(false);
  });

  it('waits as long as the server asks, in seconds or until a date, but not for ever', () => {
    expect(waitBeforeRetry(answered(429, '3'), 0, policy, now)).toBe(3000);
    expect(waitBeforeRetry(answered(429, 'Sat, 21 Nov 2026 10:00:05 GMT'), 0, policy, now)).toBe(5000);
    expect(waitBeforeRetry(answered(429, 'Sat, 21 Nov 2026 09:00:00 GMT'), 0, policy, now)).toBe(0);
    expect(waitBeforeRetry(answered(429, '86400'), 0, policy, now)).toBe(60_000);
  });

  it('waits longer each time where the server names no time it understands', () => {
    expect([0, 1, 2].map((retry) => waitBeforeRetry(answered(503, 'soon'), retry, policy, now))).toEqual([
      500, 1000, 2000,
    ]);
  });
});
