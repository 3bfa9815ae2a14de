import { Command, InvalidArgumentError } from 'commander';
import type { Perform } from '../task.js';
import { dropGeneration, requestRebuild, requestReturn } from './request-generation.js';

/** The verbs of the view's generations; `status` shows them. */
export function viewCommand(perform: Perform): Command {
  const view = new Command('view').description('generations of the view, beside one another, of which readers see one');
  view
    .command('rebuild')
    .description('build the view anew from the log; the live one answers until that has caught up, and stays')
    .action(() => perform(requestRebuild));
  view
    .command('return')
    .description('make a retired generation live again, once it has caught up')
    .argument('<generation>', 'its number', generationNumber)
    .action((number: number) => perform((installation) => requestReturn(installation, number)));
  view
    .command('drop')
    .description('remove one that readers do not see, also while it is being built')
    .argument('<generation>', 'its number', generationNumber)
    .action((number: number) => perform((installation) => dropGeneration(installation, number)));
  return view;
}

function generationNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected the number of a generation.');
  return Number(text);
}
