/**
 * Runs SCIM conformance suites that others wrote against a freshly started server, and fails where one of them fails.
 *
 *   npm run conformance
 *
 * scim2-tester (PyPI `scim2-cli`) needs Python 3.10 or later and is always demanded. scim-conformance (Go) is taken from
 * SCIM_CONFORMANCE (the path of its program) or installed by the machine's Go client; where neither is possible, that is
 * said and counted as skipped, and docs/conformance.md says when and how it was run otherwise.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const scim2Cli = '0.6.0';
/** Without releases of its own: the newest commit read when docs/conformance.md was written. */
const scimConformance =
  'github.com/patrikfejda/scim-conformance/cmd/scim-conformance@381e9b6efa7ffd190ed171751184f71a41de0cc4';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'conformance');

function must(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
}

function startServer(directory) {
  const program = join(root, 'dist/apps/standalone/src/main.js');
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
      if (token) resolve({ url, token, stop: () => stop(child) });
    });
  });
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function scim2Tester({ url, token }) {
  const bin = join(cache, `scim2-cli-${scim2Cli}`, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (!existsSync(join(bin, 'scim2'))) {
    must('python3', ['-m', 'venv', join(bin, '..')]);
    must(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', `scim2-cli==${scim2Cli}`]);
  }
  const { stdout, status } = spawnSync(join(bin, 'scim2'), ['--url', url, 'test', '--verbose'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, SCIM_CLI_HEADERS: `Authorization: Bearer ${token}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const count = (word) => stdout.match(new RegExp(`^${word} `, 'gm'))?.length ?? 0;
  const [passed, skipped] = [count('SUCCESS'), count('SKIPPED')];
  const failed = count('ERROR') + count('CRITICAL');
  if (failed > 0 || status !== 0 || passed === 0) process.stdout.write(stdout);
  return { passed, failed: failed + (status === 0 && passed > 0 ? 0 : 1), skipped };
}

function goSuite({ url, token }) {
  const program = process.env.SCIM_CONFORMANCE ?? installedGoSuite();
  if (program === undefined) return { passed: 0, failed: 0, skipped: 1 };
  const { stdout } = spawnSync(program, ['--base-url', url, '--token', token, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { passed = 0, failed = 0, errored = 0, skipped = 0 } = JSON.parse(stdout || '{}');
  if (failed + errored > 0 || passed === 0) process.stdout.write(stdout);
  return { passed, failed: failed + errored + (passed === 0 ? 1 : 0), skipped };
}

/** @returns the path of the suite's program, or undefined where the machine cannot install it. */
function installedGoSuite() {
  const bin = join(cache, 'go');
  const env = { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod' };
  const install = spawnSync('go', ['install', scimConformance], { env, encoding: 'utf8' });
  if (install.status !== 0) {
    const reason = install.error?.message ?? install.stderr.trim().split('\n').at(-1);
    process.stdout.write(`!! scim-conformance (Go) cannot be installed on this machine, so it is SKIPPED: ${reason}\n`);
    return undefined;
  }
  return join(bin, 'scim-conformance');
}

const directory = mkdtempSync(join(tmpdir(), 'scim-ledger-conformance-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let server;
try {
  server = await startServer(directory);
  for (const [name, suite] of Object.entries({ 'scim2-tester': scim2Tester, 'scim-conformance': goSuite })) {
    const result = suite(server);
    process.stdout.write(`${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped\n`);
    for (const key of Object.keys(total)) total[key] += result[key];
  }
} finally {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed > 0 ? 1 : 0);
