import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseTenantUrl } from './client/tenant-url.js';
import { defaultOptions, type SimulationOptions } from './simulation-options.js';

export interface CommandLine {
  readonly options: SimulationOptions;
  /** File the report is written to as JSON. */
  readonly json: string | undefined;
}

interface Parsed {
  url: string;
  token?: string;
  users: number;
  groups: number;
  members: number;
  cycles: number;
  dialect?: SimulationOptions['dialect'];
  jobs: number;
  connections: number;
  rate?: number;
  seed: string;
  timeout: number;
  json?: string;
}

/** Reads the command line, and `SCIM_URL` and `SCIM_TOKEN` from the environment; says what is wrong and exits on mistakes. */
export function readCommandLine(command: Command, argv: readonly string[]): CommandLine {
  const parsed = command.parse(argv, { from: 'user' }).opts<Parsed>();
  const { token, timeout, json, rate, ...rest } = parsed;
  if (token === undefined) {
    command.error(
      'error: no bearer token. Pass --token <secret> or set SCIM_TOKEN; it is the tenant\'s "Secret Token".',
    );
  }
  const tenant = parseTenantUrl(parsed.url);
  if (!tenant.ok) command.error(`error: ${tenant.error}`);
  const obstacle = json === undefined ? undefined : obstacleTo(json);
  if (obstacle !== undefined) command.error(`error: --json ${json} cannot be written: ${obstacle}`);
  const flagged = tenant.ok && tenant.value.query.includes('aadOptscim062020');
  const dialect = parsed.dialect ?? (flagged ? 'compliant' : 'default');
  const options = { ...defaultOptions, ...rest, token, rate, dialect, timeoutMs: timeout * 1000 };
  return { options, json };
}

/** A run takes long; that its report has no place is said before. */
function obstacleTo(file: string): string | undefined {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return existsSync(file) && statSync(file).isDirectory() ? 'it is a folder' : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export function simulatorCommand(): Command {
  const defaults = defaultOptions;
  return new Command('simulate')
    .description("Plays Microsoft Entra ID's provisioning service against a SCIM 2.0 server and checks what it holds.")
    .addOption(new Option('--url <url>', 'tenant URL').env('SCIM_URL').default(defaults.url))
    .addOption(new Option('--token <secret>', 'bearer token').env('SCIM_TOKEN'))
    .option('--users <n>', 'people of each job', wholeNumber, defaults.users)
    .option('--groups <n>', 'groups of each job', wholeNumber, defaults.groups)
    .option('--members <n>', 'average members of a group', wholeNumber, defaults.members)
    .option('--cycles <n>', 'incremental cycles after the initial one', wholeNumber, defaults.cycles)
    .addOption(
      new Option('--dialect <name>', "PATCH dialect; both: the jobs take turns (default: by the URL's flag)").choices([
        'default',
        'compliant',
        'both',
      ]),
    )
    .option('--jobs <n>', 'provisioning jobs side by side', positiveNumber, defaults.jobs)
    .option('--connections <n>', 'parallel requests of each job', positiveNumber, defaults.connections)
    .option('--rate <n>', 'most requests per second of all jobs (default: no limit)', positiveNumber)
    .option('--seed <text>', 'runs with the same seed and sizes do the same', defaults.seed)
    .option('--timeout <seconds>', 'longest wait for an answer', positiveNumber, defaults.timeoutMs / 1000)
    .option('--json <file>', 'write the report to a file');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('Expected at least 1.');
  return value;
}
