import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { goProgram } from './installed-suites.mjs';

/** Without releases of its own: the newest commit read when docs/conformance.md was written. */
const source = 'github.com/patrikfejda/scim-conformance/cmd/scim-conformance@381e9b6efa7ffd190ed171751184f71a41de0cc4';

/** patrikfejda's scim-conformance: the program that SCIM_CONFORMANCE names, or else one the machine's Go client installs. */
export function scimConformance({ url, token }) {
  const given = process.env.SCIM_CONFORMANCE;
  const { path, unavailable } = given === undefined ? goProgram('scim-conformance', source) : { path: given };
  if (unavailable !== undefined) {
    process.stdout.write(
      `!! scim-conformance (Go) cannot be installed on this machine, so it is SKIPPED: ${unavailable}\n`,
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const { stdout } = spawnSync(path, ['--base-url', url, '--token', token, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { passed = 0, failed = 0, errored = 0, skipped = 0 } = JSON.parse(stdout || '{}');
  if (failed + errored > 0 || passed === 0) process.stdout.write(stdout);
  return { passed, failed: failed + errored + (passed === 0 ? 1 : 0), skipped };
}
