import { Command, InvalidArgumentError } from 'commander';

export interface SoakOptions {
  readonly minutes: number;
  /** Provisioning jobs side by side, taking turns with the PATCH dialects. */
  readonly jobs: number;
  /** People and groups of each job, and the average number of a group's members. */
  readonly users: number;
  readonly groups: number;
  readonly members: number;
  /** Most requests per second of all jobs together. */
  readonly rate: number;
  /** Looks at the server, evenly spread over the time. */
  readonly windows: number;
  /** Where the data folder and the report go. */
  readonly folder: string;
}

export const usualSoak: SoakOptions = {
  minutes: 60,
  jobs: 4,
  users: 300,
  groups: 20,
  members: 30,
  rate: 300,
  windows: 30,
  folder: '.cache/soak',
};

/** Reads the command line; says what is wrong with it and exits on mistakes. */
export function readOptions(argv: readonly string[]): SoakOptions {
  const usual = usualSoak;
  return new Command('soak')
    .description(
      'Runs the server under the load of several provisioning jobs for a long time, and judges how it bears it.',
    )
    .option('--minutes <n>', 'how long, once the initial cycles are done', positive, usual.minutes)
    .option('--jobs <n>', 'provisioning jobs side by side', wholeNumber, usual.jobs)
    .option('--users <n>', 'people of each job', wholeNumber, usual.users)
    .option('--groups <n>', 'groups of each job', wholeNumber, usual.groups)
    .option('--members <n>', 'average members of a group', wholeNumber, usual.members)
    .option('--rate <n>', 'most requests per second of all jobs', positive, usual.rate)
    .option('--windows <n>', 'looks at the server, at least 6', windowCount, usual.windows)
    .option('--folder <folder>', 'where data and report go', usual.folder)
    .parse(argv, { from: 'user' })
    .opts<SoakOptions>();
}

/** Fewer would leave thirds of a single window, and no median. */
function windowCount(text: string): number {
  if (wholeNumber(text) < 6) throw new InvalidArgumentError('Expected at least 6.');
  return Number(text);
}

function wholeNumber(text: string): number {
  if (!Number.isInteger(positive(text))) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1e6)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}
