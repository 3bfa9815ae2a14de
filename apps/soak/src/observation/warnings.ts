import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const warning = /^\{"level":"(warn|error|fatal)"/;

/** Counts the lines of a server's log that want somebody's attention. */
export async function countWarnings(logFile: string): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(logFile) })) if (warning.test(line)) count++;
  return count;
}
