import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const cache = join(import.meta.dirname, '..', '..', '.cache', 'conformance');

/** @returns the path of a command of a PyPI package, which is installed at this version unless it was before. */
export function pythonCommand(command, name, version) {
  const bin = join(cache, `${name}-${version}`, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (!existsSync(join(bin, command))) {
    must('python3', ['-m', 'venv', join(bin, '..')]);
    must(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', `${name}==${version}`]);
  }
  return join(bin, command);
}

function must(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
}

/** @returns the path of a Go program, or why the machine cannot install it. */
export function goProgram(name, source) {
  const bin = join(cache, 'go');
  const env = { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod' };
  const install = spawnSync('go', ['install', source], { env, encoding: 'utf8' });
  if (install.status === 0) return { path: join(bin, name) };
  return { unavailable: install.error?.message ?? install.stderr.trim().split('\n').at(-1) };
}
