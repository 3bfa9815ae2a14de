import 'reflect-metadata';
import { valuesOrRefusal } from '#platform';
import { readConfiguration } from './configuration/read-configuration.js';
import { openInstallation } from './installation/open-installation.js';
import { operatorCommand } from './operator-command.js';
import { exitCodes } from './outcome.js';
import { reasonOf } from './reason-of.js';
import type { Task } from './task.js';

/** Does it with the installation that the environment names. The result goes to standard output, the rest to standard error. */
async function perform(task: Task): Promise<void> {
  const [configuration] = valuesOrRefusal(readConfiguration(process.env));
  try {
    await using installation = openInstallation(configuration);
    const { text, exitCode } = await task(installation, (line) => process.stderr.write(line));
    process.stdout.write(text);
    process.exitCode = exitCode;
  } catch (error) {
    process.stderr.write(`It could not be asked: ${reasonOf(error)}\n`);
    process.exitCode = exitCodes.notAsked;
  }
}

await operatorCommand(perform).parseAsync();
