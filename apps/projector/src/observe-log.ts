import { Gauge } from 'prom-client';
import type { EventStore } from '#event-store';
import { withinTime } from '#projections';

/** How long the metrics wait for the log, milliseconds: the others are wanted most while it is away, and soon. */
const patience = 1_000;

type Log = Pick<EventStore, 'head'>;

const observed = new Set<Log>();

/** Asked for when the metrics are read, so that a log nobody writes to costs nothing. */
export const logHead = new Gauge({
  name: 'log_head',
  help: 'Position of the last event in the log, as of the last time that it could be asked; a projection is behind by what its checkpoint lacks',
  collect: async () => {
    await Promise.all(Array.from(observed, setHead));
  },
});

/** Shows in the metrics where the log ends, until the process lets go of it. */
export function observeLog(log: Log): { stop(): void } {
  observed.add(log);
  return { stop: () => void observed.delete(log) };
}

async function setHead(log: Log): Promise<void> {
  try {
    const head = await withinTime(log.head(), patience);
    if (head !== undefined) logHead.set(Number(head));
  } catch {
    // The log is away: what was said last stands, and the health of the process says what is wrong.
  }
}
