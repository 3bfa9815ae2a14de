import { statSync, writeFileSync } from 'node:fs';

/** Several heartbeats may be late or lost, milliseconds. */
const patience = 15_000;

/** Writes the file anew. Where that fails the program goes on: it is what looks at the file that has to notice. */
export function markHealthy(file: string): void {
  try {
    writeFileSync(file, '');
  } catch (error) {
    process.stderr.write(`no sign of health: ${(error as Error).message}\n`);
  }
}

/** Whether the file was written a short while ago. */
export function isHealthy(file: string, now = Date.now()): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && now - written < patience;
}
