/**
 * Which writes EventStoreDB takes, by its own rules: `IndexWriter.CheckCommit` of kurrent-io/KurrentDB
 * (src/KurrentDB.Core/Services/Storage/ReaderIndex/IndexWriter.cs, read in July 2026), for streams that were never
 * deleted. `StorageWriterService` answers `CorruptedIdempotency` as a wrong expected version, too.
 */
export type CommitDecision =
  | { readonly decision: 'ok' }
  | { readonly decision: 'idempotent'; readonly lastRevision: number }
  | { readonly decision: 'wrong expected version' };

/** Revision -1: no stream. */
export type Expectation = number | 'any' | 'stream exists';

export interface CheckedStream {
  /** Revision of the last event, -1 where there is none. */
  readonly current: number;
  idAt(revision: number): string | undefined;
  /** Where a recent event of the stream with this id stands. The server remembers about 8 MiB of them. */
  recentRevisionOf(id: string): number | undefined;
}

export function checkCommit(stream: CheckedStream, expected: Expectation, ids: readonly string[]): CommitDecision {
  if (expected === 'any' || (expected === 'stream exists' && stream.current >= 0)) return weakCheck(stream, ids);
  if (expected === 'stream exists' || expected > stream.current) return { decision: 'wrong expected version' };
  if (expected === stream.current) return { decision: 'ok' };
  // The events that follow the expectation are compared with the ids one by one. Whether the stream goes on behind them
  // does not matter; an empty append is no repetition of anything.
  const repeats = ids.length > 0 && ids.every((id, index) => stream.idAt(expected + 1 + index) === id);
  return repeats
    ? { decision: 'idempotent', lastRevision: expected + ids.length }
    : { decision: 'wrong expected version' };
}

/** Without a revision the server does not know where to look, and asks its memory of recent events. */
function weakCheck(stream: CheckedStream, ids: readonly string[]): CommitDecision {
  let lastRevision: number | undefined;
  for (const id of ids) {
    const revision = stream.recentRevisionOf(id);
    if (revision === undefined) return { decision: lastRevision === undefined ? 'ok' : 'wrong expected version' };
    lastRevision = revision;
  }
  return lastRevision === undefined ? { decision: 'ok' } : { decision: 'idempotent', lastRevision };
}
