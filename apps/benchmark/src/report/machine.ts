import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Placement } from '../server/placement.js';

const flushes = 200;

export function describePlacement(placement: Placement | undefined): string {
  return placement
    ? `server on core ${placement.serverCore}, generator on core ${placement.generatorCore}`
    : 'not tied to cores (needs Linux, `taskset` and two cores): figures stray more';
}

/**
 * The machine and its state, in words.
 *
 * @param placement what runs on which core, in words.
 * @param folder where the disk is tried.
 */
export function describeMachine(placement: string, folder: string): readonly string[] {
  return [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node.js ${process.version}`,
    placement,
    `the disk flushes ${Math.round(flushRate(folder))} times a second`,
    `load average at the start ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  ];
}

/** Small durable writes one after the other: what a commit costs at least. */
function flushRate(folder: string): number {
  const file = join(folder, 'flush-probe');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(4096);
  const start = performance.now();
  for (let flush = 0; flush < flushes; flush++) {
    writeSync(handle, page, 0, page.length, 0);
    fdatasyncSync(handle);
  }
  const seconds = (performance.now() - start) / 1000;
  closeSync(handle);
  rmSync(file);
  return flushes / seconds;
}
