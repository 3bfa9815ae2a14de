import { Command, InvalidArgumentError } from 'commander';
import type { LogShape } from './engines/seeded-log.js';
import type { LeaversLoad } from './nodes/deactivation-result.js';
import type { ReadingLoad } from './nodes/reading-results.js';

export const parts = ['relay', 'view', 'live', 'reads', 'deactivation'] as const;
export type Part = (typeof parts)[number];

export interface Sizes {
  readonly repetitions: number;
  /** The log that relay and view catch up with. */
  readonly log: LogShape;
  /** Events in one turn of live relaying. */
  readonly liveEvents: number;
  readonly reading: ReadingLoad;
  readonly leavers: LeaversLoad;
}

export interface DistributedOptions {
  readonly parts: readonly Part[];
  readonly sizes: Sizes;
  /** The page that takes the results; undefined where not everything is measured, or not for long enough. */
  readonly page: string | undefined;
}

const usual: Sizes = {
  repetitions: 3,
  log: { users: 60_000, groups: 60, members: 500 },
  liveEvents: 300,
  reading: { repetitions: 3, seconds: 10 },
  leavers: { leavers: 600, perSecond: 20 },
};
const quick: Sizes = {
  repetitions: 1,
  log: { users: 500, groups: 2, members: 50 },
  liveEvents: 10,
  reading: { repetitions: 1, seconds: 0.5 },
  leavers: { leavers: 10, perSecond: 20 },
};
const page = 'docs/benchmarks-distributed.md';

/** Reads the command line; says what is wrong with it and exits on mistakes. */
export function readOptions(argv: readonly string[]): DistributedOptions {
  const command = new Command('bench:distributed')
    .description(`Measures the distributed set-up on its engines. A whole run is written to ${page}.`)
    .option('--parts <names>', `some of: ${parts.join(', ')}; separated by commas`, partNames)
    .option('--quick', 'everything briefly, to see that it works', false);
  const { parts: chosen, quick: isQuick } = command
    .parse(argv, { from: 'user' })
    .opts<{ parts?: readonly Part[]; quick: boolean }>();
  return {
    parts: chosen ?? parts,
    sizes: isQuick ? quick : usual,
    page: chosen === undefined && !isQuick ? page : undefined,
  };
}

function partNames(text: string): readonly Part[] {
  return text.split(',').map((name) => {
    const part = parts.find((known) => known === name.trim());
    if (part === undefined) throw new InvalidArgumentError(`Unknown: ${name}. Known: ${parts.join(', ')}.`);
    return part;
  });
}
