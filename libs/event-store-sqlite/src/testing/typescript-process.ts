import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Node understands TypeScript but takes file names literally: our relative imports name the built `.js` files. */
const resolveSources = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(specifier, context, next) {
      const isOurs = !context.parentURL?.includes('/node_modules/');
      return next(isOurs ? specifier.replace(/^(\\.{1,2}\\/.*)\\.js$/, '$1.ts') : specifier, context);
    },
  });
`)}`;

/** Runs a script of this source tree, unbuilt, in a process of its own. It may not use decorators. */
export function startTypeScript(script: URL, ...args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const flags = ['--no-warnings', '--experimental-transform-types', '--conditions=source', '--import', resolveSources];
  return spawn(process.execPath, [...flags, fileURLToPath(script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}
