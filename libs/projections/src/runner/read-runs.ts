import type { EventEnvelope } from '#event-catalog';
import type { RecordedEvent } from '#event-store';
import type { ProjectionFailure } from './projection-state.js';
import { type ReadEvent, readBatch } from './read-batch.js';
import { type EventCost, splitByCost } from './split-by-cost.js';

/** What a target applies at once. */
export interface Run {
  readonly events: readonly EventEnvelope[];
  /** Where the checkpoint goes, which may be behind the last event; undefined: to that. */
  readonly end: RecordedEvent | undefined;
  /** Why the event after the last one stops the projection. */
  readonly failure: ProjectionFailure | undefined;
  /** Whether more was there already when this was read. */
  readonly isBehind: boolean;
}

export interface RunReading {
  readonly readEvent: ReadEvent;
  /** See `ProjectionRunnerOptions`. */
  readonly concerns: ((recorded: RecordedEvent) => boolean) | undefined;
  readonly costOf: EventCost | undefined;
  readonly batchSize: number;
}

/**
 * Reads the events of each batch, and cuts it into runs that are not too dear. What comes after the last event that concerns the
 * target goes with it; so do batches without any such event. Ends with an event that cannot be read, as nothing behind it is applied.
 */
export async function* readRuns(
  batches: AsyncIterable<readonly RecordedEvent[]>,
  { readEvent, concerns, costOf, batchSize }: RunReading,
): AsyncGenerator<Run, void, undefined> {
  for await (const recorded of batches) {
    const { events, failure } = readBatch(concerns ? recorded.filter(concerns) : recorded, readEvent);
    const runs = costOf ? splitByCost(events, costOf, batchSize) : [events];
    for (const run of runs.slice(0, -1)) yield { events: run, end: undefined, failure: undefined, isBehind: true };
    yield {
      events: runs.at(-1) ?? [],
      end: failure ? undefined : recorded.at(-1),
      failure,
      isBehind: recorded.length >= batchSize,
    };
    if (failure) return;
  }
}
