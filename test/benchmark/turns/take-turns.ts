import { createInterface } from 'node:readline';

/**
 * What a measuring process does: says a line of JSON when it is ready, then measures once for every line it is sent and says
 * what it measured, until its input ends.
 */
export async function takeTurns(ready: object, turn: () => Promise<object>): Promise<void> {
  say(ready);
  for await (const _ of createInterface({ input: process.stdin })) say(await turn());
}

function say(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
