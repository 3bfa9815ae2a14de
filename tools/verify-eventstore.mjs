/**
 * Runs the contract of the log, whatever else of its tests a server of one's own can answer, and the scenarios of the
 * distributed set-up against a real EventStoreDB or KurrentDB, or against the stand-in as if it were one:
 *
 *   npm run verify:eventstore -- 'esdb://admin:changeit@localhost:2113?tlsCAFile=/path/to/ca.crt'
 *   npm run verify:eventstore -- --rehearse
 *
 * Every test writes to streams of its own, which stay on the server: take one that may be thrown away. It need not be empty,
 * and may be used by others. What has to be made to fail on demand is left out and says so (docs/eventstoredb.md).
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const jest = join(root, 'node_modules/jest/bin/jest.js');
/** Of a scenario, milliseconds: a server elsewhere takes its time. */
const patience = 300_000;

/** @returns the exit code. */
function verify(url) {
  const specs = ['libs/event-store-kurrent/.*\\.int\\.spec', 'test/distributed/.*\\.e2e\\.spec'];
  const options = ['--verbose', `--testTimeout=${patience}`];
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, ...options, ...specs],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_EVENTSTORE_URL: url } },
  );
  return status ?? 1;
}

/** The stand-in, in a process of its own that ends with its standard input. */
async function rehearse() {
  const flags = ['--no-warnings', '--experimental-transform-types', '--conditions=source'];
  const program = join(root, 'libs/event-store-kurrent/src/testing/loopback-process.ts');
  const standIn = spawn(process.execPath, [...flags, '--import', './tools/run-sources.mjs', program], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [url] = await once(standIn.stdout.setEncoding('utf8'), 'data');
  const status = verify(url.trim());
  standIn.stdin.end();
  return status;
}

const [target, ...more] = process.argv.slice(2);
if (target === undefined || more.length > 0) {
  console.error("Usage: npm run verify:eventstore -- '<connection string>' | --rehearse");
  process.exit(2);
}
process.exitCode = target === '--rehearse' ? await rehearse() : verify(target);
