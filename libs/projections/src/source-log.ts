import type { Position } from '#event-store';

/** The log that projections are built from, as the process found it. */
export interface SourceLog {
  /** Tells it from every other log, but not from copies of itself. */
  readonly identity: string;
  readonly head: Position;
}

/** From which log something was built, and how far. */
export interface BuiltFrom {
  readonly identity: string;
  readonly checkpoint: Position;
}

/**
 * Why what was built cannot go on with this log; undefined where it can. An older copy of its log, restored from a backup,
 * would give its next events positions that count as applied already.
 */
export function reasonToStartOver(log: SourceLog, built: BuiltFrom): string | undefined {
  if (built.identity !== log.identity) return 'it was built from another log';
  if (built.checkpoint <= log.head) return undefined;
  return `it is at position ${built.checkpoint}, beyond the end of the log at ${log.head}`;
}
