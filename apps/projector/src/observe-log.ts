import { Gauge } from 'prom-client';
import type { EventStore } from '#event-store';

type Log = Pick<EventStore, 'head'>;

const observed = new Set<Log>();

/** Asked for when the metrics are read, so that a log nobody writes to costs nothing. */
export const logHead = new Gauge({
  name: 'log_head',
  help: 'Position of the last event in the log, as of the last time that it could be asked; a projection is behind by what its checkpoint lacks',
  collect: async () => {
    for (const log of observed) await setHead(log);
  },
});

/** Shows in the metrics where the log ends, until the process lets go of it. */
export function observeLog(log: Log): { stop(): void } {
  observed.add(log);
  return { stop: () => void observed.delete(log) };
}

async function setHead(log: Log): Promise<void> {
  try {
    logHead.set(Number(await log.head()));
  } catch {
    // The log is away: what was said last stands, and the health of the process says what is wrong.
  }
}
