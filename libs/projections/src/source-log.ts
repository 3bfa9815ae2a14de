import type { Position } from '#event-store';

/** The log that projections are built from. */
export interface SourceLog {
  /** Tells it from every other log, but not from copies of itself. */
  readonly identity: string;
  /** Where it ends at present. @throws EventStoreUnavailable */
  head(): Promise<Position>;
}

/** From which log something was built, and how far. */
export interface BuiltFrom {
  readonly identity: string;
  readonly checkpoint: Position;
}

/**
 * Why what was built cannot go on with this log; undefined where it can. An older copy of its log, restored from a backup,
 * would give its next events positions that count as applied already.
 *
 * @throws EventStoreUnavailable
 */
export async function reasonToStartOver(log: SourceLog, built: BuiltFrom): Promise<string | undefined> {
  if (built.identity !== log.identity) return 'it was built from another log';
  // Asked when the checkpoint is known: until then, whoever builds it may apply events of a moment ago.
  const head = await log.head();
  if (built.checkpoint <= head) return undefined;
  return `it is at position ${built.checkpoint}, beyond the end of the log at ${head}`;
}
