import { Command } from 'commander';
import { exitCodes } from './outcome.js';
import { parkedCommand } from './parked/parked-command.js';
import { relayCommand } from './relay/relay-command.js';
import { statusCommand } from './status/status-command.js';
import { viewCommand } from './view/view-command.js';
import type { Perform } from './task.js';

/** The operators' command line. */
export function operatorCommand(perform: Perform): Command {
  const command = new Command('operator')
    .description(
      'Asks an installation how it is, and says what is to be done. Which one, the environment says, as for its servers:\n' +
        'DATA_DIR, or EVENTSTORE_URL, EVENTSTORE_NAMESPACE and DATABASE_URL.',
    )
    .addCommand(statusCommand(perform))
    .addCommand(parkedCommand(perform))
    .addCommand(relayCommand(perform))
    .addCommand(viewCommand(perform));
  exitOnMistakes(command);
  return command;
}

/** With a code of its own: 1 says something of the installation. */
function exitOnMistakes(command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitCodes.usage));
  for (const subcommand of command.commands) exitOnMistakes(subcommand);
}
