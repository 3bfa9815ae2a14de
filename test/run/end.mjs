import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 20_000;

/** Ends the servers that test files have started. Each has a keeper, which removes the server's folder when it is done. */
export default async function end() {
  const folder = process.env.TEST_RUN_FOLDER;
  if (!folder) return;
  const services = readdirSync(folder).map((name) => join(folder, name));
  for (const service of services) askToEnd(join(service, 'keeper.pid'));
  for (const began = Date.now(); services.some(existsSync) && Date.now() - began < patience;) await sleep(20);
  rmSync(folder, { recursive: true, force: true });
}

function askToEnd(pidFile) {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  } catch {
    // It ended by itself, or never came up.
  }
}
