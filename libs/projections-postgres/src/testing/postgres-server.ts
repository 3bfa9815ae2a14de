import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const patience = 60_000;

/**
 * The address of the PostgreSQL server that all test files of a run share: the one named by `TEST_DATABASE_URL`, or one that
 * the first who asks starts. It ends with the run (test/run).
 */
export async function postgresServer(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const run = process.env['TEST_RUN_FOLDER'];
  if (!run) throw new Error('There is no test run: run the tests by npm test, or set TEST_DATABASE_URL.');
  const folder = join(run, 'postgres');
  if (isFirst(folder)) startKeeper(folder);
  for (const began = Date.now(); Date.now() - began < patience; await sleep(20)) {
    if (existsSync(join(folder, 'url'))) return readFileSync(join(folder, 'url'), 'utf8');
  }
  throw new Error(`PostgreSQL did not start: ${readFileSync(join(folder, 'output'), 'utf8')}`);
}

/** Making a folder is what only one of many can do. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o711 });
    return true;
  } catch {
    return false;
  }
}

function startKeeper(folder: string): void {
  const script = fileURLToPath(new URL('postgres-keeper.ts', import.meta.url));
  const output = openSync(join(folder, 'output'), 'w');
  const args = ['--no-warnings', script, folder, process.env['TEST_RUN_PID'] as string];
  const keeper = spawn(process.execPath, args, { detached: true, stdio: ['ignore', output, output] });
  keeper.unref();
  writeFileSync(join(folder, 'keeper.pid'), String(keeper.pid));
}
