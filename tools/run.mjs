/**
 * Runs a project task on the Node release this project pins, on a machine that has nothing but some Node and npm:
 * installs dependencies when node_modules does not match package-lock.json, compiles when asked, then hands over.
 *
 *   node tools/run.mjs [--build] <node arguments...>
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const stamp = join(root, 'node_modules', '.installed-lockfile');

function lockfileDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function installDependencies() {
  const digest = lockfileDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.error('Installing dependencies ...');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(stamp, digest);
}

function pinnedNode() {
  const path = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : process.execPath;
}

function compile(node) {
  const tsc = spawnSync(node, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
}

/** Signals reach the task, so that SIGTERM to this process drains the server behind it. */
function handOver(node, args) {
  const task = spawn(node, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => task.kill(signal));
  task.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

const args = process.argv.slice(2);
const build = args[0] === '--build' && args.shift();
installDependencies();
const node = pinnedNode();
if (build) compile(node);
handOver(node, args);
