/**
 * Runs the contract of the log, whatever else of its tests a server of one's own can answer, and the scenarios of the
 * distributed set-up against a real EventStoreDB or KurrentDB:
 *
 *   npm run verify:eventstore -- 'esdb://admin:changeit@localhost:2113?tlsCAFile=/path/to/ca.crt'
 *
 * Every test writes to streams of its own, which stay on the server: take one that may be thrown away. What has to be made
 * to fail on demand is left out and counted as skipped (docs/eventstoredb.md).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

const [url, ...more] = process.argv.slice(2);
if (url === undefined || more.length > 0) {
  console.error("Usage: npm run verify:eventstore -- '<connection string>'");
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, '--verbose', 'libs/event-store-kurrent/', 'test/distributed/'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_EVENTSTORE_URL: url } },
);
process.exit(status ?? 1);
