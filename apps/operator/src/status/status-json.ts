import type { Halt } from '#projections';
import type { Progress, Status } from './status.js';

/**
 * The status for programs. Positions are text, as they may be beyond what a number holds; times are ISO 8601; what could
 * not be asked is null. A relay that has never run has no checkpoint.
 */
export function statusJson(status: Status, problems: readonly string[]): object {
  const { composition, head, leader, generations, relay, halts, unasked } = status;
  return {
    healthy: problems.length === 0 && unasked.length === 0,
    problems,
    unasked,
    composition,
    log: head === undefined ? null : { head: String(head) },
    leader: leader ? { ...leader, since: timeOf(leader.since) } : null,
    generations: generations?.map(withProgress) ?? null,
    relay: relay ? withProgress(relay) : relay === null ? { checkpoint: null, parkedKeys: 0 } : null,
    halts: halts?.map(haltJson) ?? null,
  };
}

function withProgress({ checkpoint, lag, ...rest }: Progress): object {
  return {
    ...rest,
    checkpoint: checkpoint === undefined ? null : String(checkpoint),
    lag: lag ? { ...lag, since: timeOf(lag.since) } : null,
  };
}

function haltJson({ event, since, ...halt }: Halt): object {
  return { ...halt, event: event ? { ...event, position: String(event.position) } : null, since: timeOf(since) };
}

function timeOf(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
