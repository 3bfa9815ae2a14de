import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/apps/operator/src/main.js');

/** How a command of the operators' ended. */
export interface OperatorAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled command line of the operators as a process of its own, as `npm run operator -- ...` does. */
export function operate(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<OperatorAnswer> {
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--enable-source-maps', program, ...args],
      { cwd: root, env },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
