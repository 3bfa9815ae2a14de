import type { AppendResult, ExpectedRevision } from './event-store.js';
import type { Position, Revision, StreamName } from './stream-name.js';

/** What the rules look at of an append: where, after what, and the events' ids. */
export interface AppendIntent {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly { readonly id: string }[];
}

/** What a store must be able to say of its log for an append to be judged. */
export interface LogIndex {
  lastRevision(stream: StreamName): ExpectedRevision;
  eventAt(stream: StreamName, revision: Revision): { readonly id: string; readonly position: Position } | undefined;
  hasEvent(id: string): boolean;
  head(): Position;
}

/** Event ids are derived from the command; one that is in the log at another place is a bug of the writer. */
export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';

  constructor(readonly eventId: string) {
    super(`Event id ${eventId} is already used elsewhere in the log; nothing was written`);
  }
}

/** @throws RangeError where the append can never be valid, whatever the log holds. */
export function assertWellFormed(appends: readonly AppendIntent[], atomicAcrossStreams: boolean): void {
  if (appends.length > 1 && !atomicAcrossStreams) {
    throw new RangeError(`This store appends to one stream at a time, not to ${appends.length}`);
  }
  if (appends.length > 1 && new Set(appends.map((append) => append.stream)).size !== appends.length) {
    throw new RangeError('An append names each stream once');
  }
}

/**
 * The answer to an append that writes nothing: a conflict, the repetition of a write that is in the log, or a mere check.
 *
 * A repetition is recognised by what it wrote alone: streams it only checked may have moved on since.
 *
 * @returns undefined where every expectation holds and the events are to be written.
 * @throws EventIdTaken
 */
export function answerWithoutWriting(appends: readonly AppendIntent[], log: LogIndex): AppendResult | undefined {
  const refused = appends.find((append) => log.lastRevision(append.stream) !== append.expected);
  if (refused === undefined) {
    const ids = appends.flatMap((append) => append.events.map((event) => event.id));
    if (ids.length === 0) return { outcome: 'appended', position: log.head() };
    assertIdsAreFree(ids, log);
    return undefined;
  }
  const position = positionOfRepetition(appends, log);
  if (position !== undefined) return { outcome: 'appended', position };
  const { stream, expected } = refused;
  return { outcome: 'conflict', stream, expected, actual: log.lastRevision(stream) };
}

function assertIdsAreFree(ids: readonly string[], log: LogIndex): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id) || log.hasEvent(id)) throw new EventIdTaken(id);
    seen.add(id);
  }
}

/** @returns the position of the append's last event where all of its events follow their expectations, else undefined. */
function positionOfRepetition(appends: readonly AppendIntent[], log: LogIndex): Position | undefined {
  let last: Position | undefined;
  for (const { stream, expected, events } of appends) {
    const first = revisionAfter(expected);
    for (const [index, { id }] of events.entries()) {
      const recorded = log.eventAt(stream, (first + index) as Revision);
      if (recorded?.id !== id) return undefined;
      if (last === undefined || recorded.position > last) last = recorded.position;
    }
  }
  return last;
}

/** The revision of the first event written at an expectation. */
export function revisionAfter(expected: ExpectedRevision): Revision {
  return (expected === 'no-stream' ? 0 : expected + 1) as Revision;
}
