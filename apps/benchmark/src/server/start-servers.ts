import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bearerToken } from '../scim/tenant.js';
import type { Placement } from './placement.js';
import { type ServerOptions, ServerProcess } from './server-process.js';

/** The product as `npm start` runs it, on a data folder. Its log lines go to `server.log` in that folder. */
export function productOn(directory: string, placement: Placement | undefined) {
  mkdirSync(directory, { recursive: true });
  return {
    program: 'dist/apps/standalone/src/main.js',
    environment: { DATA_DIR: directory, SCIM_BEARER_TOKEN: bearerToken },
    nodeFlags: startFlags(),
    logFile: join(directory, 'server.log'),
    placement,
  } satisfies ServerOptions;
}

export function bareIn(directory: string, placement: Placement | undefined): ServerOptions {
  mkdirSync(directory, { recursive: true });
  return {
    program: 'dist/apps/benchmark/src/bare/main.js',
    logFile: join(directory, `bare-${randomUUID()}.log`),
    placement,
  };
}

/** Runs the work on a started server and stops the server after it, whatever comes of the work. */
export async function whileRunning<T>(
  options: ServerOptions,
  work: (server: ServerProcess) => Promise<T>,
  patienceSeconds?: number,
): Promise<T> {
  const server = ServerProcess.launch(options);
  try {
    await server.ready(patienceSeconds ?? 60);
    return await server.explaining(() => work(server));
  } finally {
    await server.stop();
  }
}

/** What `npm start` tells Node.js. */
function startFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--') && word !== '--build');
}
