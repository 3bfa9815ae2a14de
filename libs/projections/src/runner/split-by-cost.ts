import type { EventEnvelope } from '#event-catalog';

/** What applying an event costs, in units of one row written. */
export type EventCost = (envelope: EventEnvelope) => number;

/**
 * Cuts a batch into runs that each cost at most `limit`; an event that costs more than that is a run of its own. A batch
 * without events is one run.
 */
export function splitByCost(
  batch: readonly EventEnvelope[],
  costOf: EventCost,
  limit: number,
): (readonly EventEnvelope[])[] {
  const runs: (readonly EventEnvelope[])[] = [];
  let start = 0;
  let cost = 0;
  batch.forEach((envelope, index) => {
    const own = costOf(envelope);
    if (index > start && cost + own > limit) {
      runs.push(batch.slice(start, index));
      start = index;
      cost = 0;
    }
    cost += own;
  });
  if (start < batch.length || batch.length === 0) runs.push(batch.slice(start));
  return runs;
}
