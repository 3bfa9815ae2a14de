import { type Exchange } from './scim-transport.js';

const longestWaitMs = 60_000;

export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly retries: number;
  /** Wait before the first retry where the server names none; doubled before each further one. */
  readonly delayMs: number;
}

/** Too many requests, a server in trouble or no answer at all: worth asking again. 501 stays what it is. */
export function isTransient(exchange: Exchange): boolean {
  if (!exchange.answered) return true;
  const { status } = exchange.answer;
  return status === 429 || (status >= 500 && status !== 501);
}

/** Milliseconds to wait before retry number `retry` (from 0): the server's `Retry-After` (RFC 9110 10.2.3) or our own. */
export function waitBeforeRetry(exchange: Exchange, retry: number, policy: RetryPolicy, now: number): number {
  const asked = exchange.answered ? parseRetryAfter(exchange.retryAfter, now) : undefined;
  return Math.min(asked ?? policy.delayMs * 2 ** retry, longestWaitMs);
}

function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
