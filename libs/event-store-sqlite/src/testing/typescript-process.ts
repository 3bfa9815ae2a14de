import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const resolveSources = new URL('../../../../tools/run-sources.mjs', import.meta.url).href;

/** Runs a script of this source tree, unbuilt, in a process of its own. It may not use decorators. */
export function startTypeScript(
  script: URL,
  ...args: readonly string[]
): ChildProcessByStdio<Writable, Readable, null> {
  return startTypeScriptWith([], script, ...args);
}

/** @param engine flags of the JavaScript engine. */
export function startTypeScriptWith(
  engine: readonly string[],
  script: URL,
  ...args: readonly string[]
): ChildProcessByStdio<Writable, Readable, null> {
  const flags = ['--no-warnings', '--experimental-transform-types', '--conditions=source', '--import', resolveSources];
  return spawn(process.execPath, [...engine, ...flags, fileURLToPath(script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
