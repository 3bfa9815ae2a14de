import type { Lag } from './status.js';

/** How far behind a reader is, in words. */
export function lagText({ events, isMore, since }: Lag): string {
  if (since === undefined) return 'up to date';
  const count = isMore ? `more than ${events} events` : events === 1 ? '1 event' : `${events} events`;
  return `${count} behind, the first of ${new Date(since).toISOString()}`;
}
