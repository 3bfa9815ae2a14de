import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { pythonCommand } from './installed-suites.mjs';

const scim2Cli = '0.6.0';

/** python-scim's scim2-tester, which the PyPI package `scim2-cli` brings. */
export function scim2Tester({ url, token }) {
  const command = pythonCommand('scim2', 'scim2-cli', scim2Cli);
  const { stdout, status } = spawnSync(command, ['--url', url, 'test', '--verbose'], {
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
