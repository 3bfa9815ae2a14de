import { Command } from 'commander';
import type { Perform } from '../task.js';
import { startOver } from './start-over.js';

/** The verbs of what publishes to Kafka; `status` shows how far it is. */
export function relayCommand(perform: Perform): Command {
  const relay = new Command('relay').description('what publishes the log to Kafka');
  relay
    .command('start-over')
    .description(
      'have it publish the whole log once more, while no relay runs; says what that means, and does it with --yes',
    )
    .option('--yes', 'do it')
    .action(({ yes = false }: { readonly yes?: boolean }) =>
      perform((installation) => startOver(installation, { isConfirmed: yes })),
    );
  return relay;
}
