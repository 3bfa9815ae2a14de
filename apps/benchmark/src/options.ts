import { Command, InvalidArgumentError } from 'commander';
import type { Repetitions } from './comparison/compare.js';
import type { Phase } from './phases/phase.js';
import { phases } from './phases/phases.js';

/** Selects the checks of size beside the phases. */
const scaleName = 'scale';
const names = [...phases.map(({ name }) => name), scaleName];

export interface BenchmarkOptions {
  readonly phases: readonly Phase[];
  readonly scale: boolean;
  readonly repetitions: Repetitions;
  /** Where data folders are kept. */
  readonly cache: string;
  /** The page that takes the results; undefined where not everything is measured, or not for long enough. */
  readonly page: string | undefined;
}

interface Parsed {
  phases?: readonly string[];
  repetitions?: number;
  seconds?: number;
  quick: boolean;
  cache: string;
}

const usual: Repetitions = { repetitions: 5, seconds: 2, warmUpSeconds: 6 };
const quick: Repetitions = { repetitions: 1, seconds: 0.5, warmUpSeconds: 0.5 };
const page = 'docs/benchmarks.md';

/** Reads the command line; says what is wrong with it and exits on mistakes. */
export function readOptions(argv: readonly string[]): BenchmarkOptions {
  const command = new Command('bench')
    .description(`Measures the server against a bare node:http server. A whole run is written to ${page}.`)
    .option('--phases <names>', `some of: ${names.join(', ')}; separated by commas`, phaseNames)
    .option('--repetitions <n>', `measurements of each side (default: ${usual.repetitions})`, wholeNumber)
    .option('--seconds <n>', `length of one measurement (default: ${usual.seconds})`, positive)
    .option('--quick', 'one short measurement of each phase, to see that everything works', false)
    .option('--cache <folder>', 'where large directories are kept between runs', '.cache/benchmark');
  return optionsOf(command.parse(argv, { from: 'user' }).opts<Parsed>());
}

function optionsOf({ phases: chosen, repetitions, seconds, quick: isQuick, cache }: Parsed): BenchmarkOptions {
  const base = isQuick ? quick : usual;
  const isWhole = chosen === undefined && !isQuick && (repetitions ?? base.repetitions) >= usual.repetitions;
  return {
    phases: phases.filter(({ name }) => chosen === undefined || chosen.includes(name)),
    scale: chosen === undefined ? !isQuick : chosen.includes(scaleName),
    repetitions: {
      repetitions: repetitions ?? base.repetitions,
      seconds: seconds ?? base.seconds,
      warmUpSeconds: base.warmUpSeconds,
    },
    cache,
    page: isWhole ? page : undefined,
  };
}

function phaseNames(text: string): readonly string[] {
  const chosen = text.split(',').map((name) => name.trim());
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}. Known: ${names.join(', ')}.`);
  return chosen;
}

function wholeNumber(text: string): number {
  if (!Number.isInteger(positive(text))) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1_000)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}
