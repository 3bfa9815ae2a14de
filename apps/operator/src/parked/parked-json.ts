import type { ParkedKey } from '#event-relay';

/** What is parked, for programs. A position is text, as it may be beyond what a number holds; times are ISO 8601. */
export function parkedJson(parked: readonly ParkedKey[]): object {
  return {
    parked: parked.map(({ position, parkedAt, request = null, ...key }) => ({
      ...key,
      position: String(position),
      parkedAt: new Date(parkedAt).toISOString(),
      request,
    })),
  };
}
