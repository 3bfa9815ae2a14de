/**
 * Runs a project task on the Node release this project pins, on a machine that has nothing but some Node and npm:
 * installs dependencies when node_modules does not match package-lock.json, compiles when asked, then hands over.
 *
 *   node tools/run.mjs [--build] <node arguments...>
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-lockfile');
const onWindows = process.platform === 'win32';

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function installDependencies() {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.error('Installing dependencies ...');
  // Development dependencies too, whatever NODE_ENV says: compiling takes them.
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: onWindows,
  });
  if (npm.error) fail(`npm cannot be run: ${npm.error.message}`);
  if (npm.status !== 0) fail('npm could not install the dependencies; see above.', npm.status ?? 1);
  writeFileSync(stamp, digest);
}

/** npm's package `node` fetches the binary in its install script. */
function pinnedNode() {
  const path = join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node');
  if (!existsSync(path)) {
    fail(
      'The pinned Node release was not installed: npm must be allowed to run install scripts (ignore-scripts=false).',
    );
  }
  return path;
}

function compile(node) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const tsc = spawnSync(node, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (tsc.status !== 0) fail('The sources do not compile; see above.', tsc.status ?? 1);
}

/** Signals reach the task, so that SIGTERM to this process drains the server behind it. */
function handOver(node, args) {
  const task = spawn(node, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => task.kill(signal));
  if (process.env.npm_lifecycle_event) endWithParent(task);
  task.on('error', (error) => fail(`${node} cannot be run: ${error.message}`));
  task.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** npm runs this file in a shell that does not pass SIGTERM on: when npm and the shell are gone, the task has to drain. */
function endWithParent(task) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && task.kill('SIGTERM'), 500).unref();
}

const args = process.argv.slice(2);
const build = args[0] === '--build' && args.shift();
installDependencies();
const node = pinnedNode();
if (build) compile(node);
handOver(node, args);
