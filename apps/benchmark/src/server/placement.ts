import { spawnSync } from 'node:child_process';

/** Which cores the servers and the load generator run on; undefined where processes cannot be tied to cores. */
export interface Placement {
  readonly serverCore: number;
  readonly generatorCore: number;
}

/** Ties this process, the generator, to a core of its own where the machine has two and `taskset` (Linux). */
export function placeGenerator(): Placement | undefined {
  const cores = usableCores();
  const [serverCore, generatorCore] = [cores[0], cores.at(-1)];
  if (serverCore === undefined || generatorCore === undefined || serverCore === generatorCore) return undefined;
  const tied = spawnSync('taskset', ['-a', '-c', '-p', String(generatorCore), String(process.pid)]);
  return tied.status === 0 ? { serverCore, generatorCore } : undefined;
}

/** @returns the command that runs `command` on the servers' core. */
export function onServerCore(placement: Placement | undefined, command: readonly string[]): readonly string[] {
  return placement ? ['taskset', '-c', String(placement.serverCore), ...command] : command;
}

/** Cores this process may use, by `taskset -p`: "pid 7's current affinity list: 0,2-3". */
function usableCores(): number[] {
  const { stdout, status } = spawnSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
  const [, list = ''] = status === 0 ? (/: ([\d,-]+)\s*$/.exec(stdout) ?? []) : [];
  return list
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}
