import { Command } from 'commander';
import type { Installation } from '../installation/installation.js';
import { exitCodes, type Outcome } from '../outcome.js';
import type { Perform } from '../task.js';
import { problemsOf } from './problems-of.js';
import { readStatus } from './read-status.js';
import { statusJson } from './status-json.js';
import { statusText } from './status-text.js';
import { watchLateReaders, type WatchOptions } from './watch-late-readers.js';

/** What an operator asks first. */
export function statusCommand(perform: Perform): Command {
  return new Command('status')
    .description('how the installation is: exit code 0 well, 1 somebody has to act, 2 an engine could not be asked')
    .option('--json', 'as JSON')
    .action(({ json = false }: { readonly json?: boolean }) =>
      perform((installation) => tellStatus(installation, { json, now: Date.now })),
    );
}

/** Reads the status and judges it. What is known to be wrong weighs more than what could not be asked. */
export async function tellStatus(
  installation: Installation,
  { json, ...watch }: WatchOptions & { readonly json: boolean },
): Promise<Outcome> {
  const status = await watchLateReaders(() => readStatus(installation), watch);
  const problems = problemsOf(status);
  const text = json ? `${JSON.stringify(statusJson(status, problems), undefined, 2)}\n` : statusText(status, problems);
  if (problems.length > 0) return { text, exitCode: exitCodes.needsOperator };
  return { text, exitCode: status.unasked.length > 0 ? exitCodes.notAsked : exitCodes.well };
}
