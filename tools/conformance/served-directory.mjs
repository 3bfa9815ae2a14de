import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const program = join(import.meta.dirname, '..', '..', 'dist/apps/standalone/src/main.js');

/** Hands the address and the token of a server with an empty directory to a function; afterwards nothing of it is left. */
export async function withServedDirectory(use) {
  const directory = mkdtempSync(join(tmpdir(), 'scim-ledger-conformance-'));
  try {
    const { child, url, token } = await start(directory);
    try {
      return await use({ url, token });
    } finally {
      await stop(child);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function start(directory) {
  const env = { PATH: process.env.PATH, DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.on('exit', (code) => reject(new Error(`The server did not start: exit code ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      const [, url, token] = /Tenant URL\s+(\S+)[\s\S]*Secret token\s+(\S+)\n/.exec(output) ?? [];
      if (token) resolve({ child, url, token });
    });
  });
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
