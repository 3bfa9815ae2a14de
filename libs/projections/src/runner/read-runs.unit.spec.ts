import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store';
import { envelope } from '../testing/sample-events.js';
import { readRuns, type Run, type RunReading } from './read-runs.js';

const recorded = (position: number) => ({ id: `event-${position}`, position: BigInt(position) }) as RecordedEvent;
const batch = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => recorded(from + index));

async function runsOf(batches: readonly (readonly RecordedEvent[])[], options: Partial<RunReading>): Promise<Run[]> {
  async function* subscription() {
    yield* batches;
  }
  const readEvent = ({ position }: RecordedEvent) => envelope(Number(position));
  const reading = { readEvent, concerns: undefined, costOf: undefined, batchSize: 4, ...options };
  const runs: Run[] = [];
  for await (const run of readRuns(subscription(), reading)) runs.push(run);
  return runs;
}

const positions = ({ events }: Run) => events.map(({ position }) => Number(position));

describe('reading runs', () => {
  it('counts as behind whatever stands before the end of a batch that is not full', async () => {
    const runs = await runsOf([batch(1, 4), batch(5, 7)], { costOf: () => 2 });
    expect(runs.map(positions)).toEqual([[1, 2], [3, 4], [5, 6], [7]]);
    expect(runs.map(({ isBehind }) => isBehind)).toEqual([true, true, true, false]);
  });

  it('takes along what does not concern the target, with the last run of a batch', async () => {
    const concerns = ({ position }: RecordedEvent) => position <= 2n;
    const runs = await runsOf([batch(1, 4), batch(5, 7)], { concerns, costOf: () => 4 });
    expect(runs.map(positions)).toEqual([[1], [2], []]);
    expect(runs.map(({ end }) => end?.id)).toEqual([undefined, 'event-4', 'event-7']);
  });

  it('ends at an event that cannot be read', async () => {
    const readEvent = ({ position }: RecordedEvent) => {
      if (position === 3n) throw new Error('unknown type');
      return envelope(Number(position));
    };
    const runs = await runsOf([batch(1, 4), batch(5, 7)], { readEvent });
    expect(runs.map(positions)).toEqual([[1, 2]]);
    expect(runs[0]).toMatchObject({ end: undefined, failure: { kind: 'unreadable', eventId: 'event-3' } });
  });
});
