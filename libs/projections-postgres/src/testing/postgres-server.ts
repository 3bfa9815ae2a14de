import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
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
  const folder = join(runFolder(), 'postgres');
  if (isFirst(folder)) startKeeper(folder);
  return addressIn(folder);
}

/** A server of one's own, which may be restarted while others rely on theirs. It ends with the run. */
export class OwnPostgresServer {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly keeper: number,
  ) {}

  /** @param isDurable whether it flushes to disk what it acknowledges, as every server of an installation does. */
  static async start({ isDurable = false } = {}): Promise<OwnPostgresServer> {
    const folder = join(runFolder(), `postgres-${randomUUID()}`);
    mkdirSync(folder, { mode: 0o711 });
    const keeper = startKeeper(folder, ...(isDurable ? ['durable'] : []));
    return new OwnPostgresServer(await addressIn(folder), folder, keeper);
  }

  /** Ends every connection, and is away for a moment. */
  async restart(): Promise<void> {
    process.kill(this.keeper, 'SIGUSR2');
    await until(() => !existsSync(join(this.folder, 'url')));
    await addressIn(this.folder);
  }

  async stop(): Promise<void> {
    process.kill(this.keeper, 'SIGTERM');
    await until(() => !existsSync(this.folder));
  }
}

function runFolder(): string {
  const run = process.env['TEST_RUN_FOLDER'];
  if (!run) throw new Error('There is no test run: run the tests by npm test, or set TEST_DATABASE_URL.');
  return run;
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

/** @returns its process id. */
function startKeeper(folder: string, ...more: readonly string[]): number {
  const script = fileURLToPath(new URL('postgres-keeper.ts', import.meta.url));
  const output = openSync(join(folder, 'output'), 'w');
  const args = ['--no-warnings', script, folder, process.env['TEST_RUN_PID'] as string, ...more];
  const keeper = spawn(process.execPath, args, { detached: true, stdio: ['ignore', output, output] });
  keeper.unref();
  closeSync(output);
  writeFileSync(join(folder, 'keeper.pid'), String(keeper.pid));
  return keeper.pid as number;
}

async function addressIn(folder: string): Promise<string> {
  const file = join(folder, 'url');
  const isUp = await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
  if (!isUp) throw new Error(`PostgreSQL did not start: ${readFileSync(join(folder, 'output'), 'utf8')}`);
  return readFileSync(file, 'utf8');
}

/** @returns whether it came to hold. */
async function until(holds: () => boolean): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < patience; await sleep(20)) if (holds()) return true;
  return false;
}
