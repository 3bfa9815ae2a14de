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

/** How far something was built. */
export interface BuiltUpTo {
  readonly checkpoint: Position;
  /** The event at the checkpoint, or an earlier one; undefined where there is none, or none was noted. */
  readonly last?: EventPlace | undefined;
}

/** And from which log. */
export interface BuiltFrom extends BuiltUpTo {
  readonly identity: string;
}

/**
 * Why what was built cannot go on with this log; undefined where it can. An older copy of its log, restored from a backup,
 * would give its next events positions that count as applied already; one that has grown since has done so.
 *
 * @throws EventStoreUnavailable
 */
export async function reasonToStartOver(log: SourceLog, built: BuiltFrom): Promise<string | undefined> {
  return built.identity === log.identity ? reasonNotToGoOn(log, built) : 'it was built from another log';
}

/** As `reasonToStartOver`, of a log that was the right one when it was opened: a server may have had its files put back since. */
export async function reasonNotToGoOn(
  log: Pick<SourceLog, 'head' | 'readStream'>,
  { checkpoint, last }: BuiltUpTo,
): Promise<string | undefined> {
  // Asked when the checkpoint is known: until then, whoever builds it may apply events of a moment ago.
  const head = await log.head();
  if (checkpoint > head) return `it is at position ${checkpoint}, beyond the end of the log at ${head}`;
  if (!last || (await isInLog(log, last))) return undefined;
  return `it was built from event ${last.id} of ${last.stream}, which the log does not have`;
}

async function isInLog(log: Pick<SourceLog, 'readStream'>, { stream, revision, id }: EventPlace): Promise<boolean> {
  const [found] = await log.readStream(stream, { from: revision, limit: 1 });
  return found?.id === id;
}
