import type { Position, Revision, StreamName } from '#event-store';
import type { EventPlace } from './event-place.js';

/** The log that projections are built from: an `EventStore` that can be told from others. */
export interface SourceLog {
  /** Tells it from every other log, but not from copies of itself. */
  readonly identity: string;
  /** Where it ends at present. @throws EventStoreUnavailable */
  head(): Promise<Position>;
  /** Events of one stream in order. @throws EventStoreUnavailable */
  readStream(
    stream: StreamName,
    options: { readonly from: Revision; readonly limit: number },
  ): Promise<readonly { readonly id: string }[]>;
}

/** From which log something was built, and how far. */
export interface BuiltFrom {
  readonly identity: string;
  readonly checkpoint: Position;
  /** The last event that went into it; undefined where there was none, or it was not noted. */
  readonly last?: EventPlace | undefined;
}

/**
 * Why what was built cannot go on with this log; undefined where it can. An older copy of its log, restored from a backup,
 * would give its next events positions that count as applied already; one that has grown since has done so.
 *
 * @throws EventStoreUnavailable
 */
export async function reasonToStartOver(log: SourceLog, built: BuiltFrom): Promise<string | undefined> {
  if (built.identity !== log.identity) return 'it was built from another log';
  // Asked when the checkpoint is known: until then, whoever builds it may apply events of a moment ago.
  const head = await log.head();
  if (built.checkpoint > head) return `it is at position ${built.checkpoint}, beyond the end of the log at ${head}`;
  const { last } = built;
  if (!last || (await isInLog(log, last))) return undefined;
  return `it was built from event ${last.id} of ${last.stream}, which the log does not have`;
}

async function isInLog(log: SourceLog, { stream, revision, id }: EventPlace): Promise<boolean> {
  const [found] = await log.readStream(stream, { from: revision, limit: 1 });
  return found?.id === id;
}
