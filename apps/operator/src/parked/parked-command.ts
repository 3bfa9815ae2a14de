import { Command, InvalidArgumentError } from 'commander';
import type { Perform } from '../task.js';
import { listParked } from './list-parked.js';
import { requestParkedKey, type RequestOptions } from './request-parked-key.js';
import type { Wish } from './wish.js';

interface WaitFlags {
  readonly wait?: true;
  readonly timeout: number;
}

/** The verbs of parked keys. */
export function parkedCommand(perform: Perform): Command {
  const request = (wish: Wish, flags: WaitFlags) =>
    perform((installation, tell) => requestParkedKey(installation, wish, { ...waitOf(flags), waiting: tell }));
  const parked = new Command('parked').description(
    'users and groups whose next event cannot be published, and everything after it',
  );
  parked
    .command('list')
    .description('which there are, and why')
    .option('--json', 'as JSON')
    .action(({ json = false }: { readonly json?: boolean }) =>
      perform((installation) => listParked(installation, { json })),
    );
  waitable(parked.command('retry <key>'))
    .description('publish what waits, e.g. once the topic takes larger messages')
    .action((key: string, flags: WaitFlags) => request({ verb: 'retry', key }, flags));
  waitable(parked.command('drop <key>'))
    .description('give up what cannot be sent of the one event that the key is parked at, and publish the rest')
    .requiredOption('--event <id>', 'the event to give up, as "parked list" shows it')
    .action((key: string, flags: WaitFlags & { readonly event: string }) =>
      request({ verb: 'drop', key, eventId: flags.event }, flags),
    );
  return parked;
}

function waitable(command: Command): Command {
  return command
    .option('--wait', 'until the relay has done it, and say what became of it')
    .option('--timeout <seconds>', 'longest to wait', seconds, 60);
}

function waitOf({ wait, timeout }: WaitFlags): Pick<RequestOptions, 'waitMs'> {
  return { waitMs: wait ? timeout * 1_000 : undefined };
}

function seconds(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of seconds.');
  return Number(text);
}
