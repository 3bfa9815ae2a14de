import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../server/server-process.js';
import type { ScaleResult } from './scale-result.js';

const leastRate = 30_000;
/** Half of them are claims on names, which are in every log and change nothing in the view. */
const events = 1_000_000;
/** A view that comes no further for so many looks is complete, or stuck. */
const idleLooks = 20;
const lookEvery = 250;
/** From the start of the process to the first event applied, seconds. */
const startPatience = 60;

/** How fast a server that has just been started fills an empty view with the log's first million events. */
export async function catchUpRate(server: ServerProcess): Promise<readonly ScaleResult[]> {
  const first = await firstProgress(server);
  let last = first;
  for (let idle = 0; idle < idleLooks && last.checkpoint < events;) {
    await sleep(lookEvery);
    const seen = await progressOf(server);
    idle = seen.checkpoint === last.checkpoint ? idle + 1 : 0;
    if (idle === 0) last = seen;
  }
  const seconds = (last.at - first.at) / 1000;
  return [
    {
      title: 'an empty view catches up at',
      value: (last.checkpoint - first.checkpoint) / seconds,
      unit: 'events/s',
      limit: leastRate,
      isLeast: true,
      note: `from event ${first.checkpoint} to ${last.checkpoint}, half of them claims on names; ${seconds.toFixed(0)} s`,
    },
  ];
}

interface Progress {
  readonly checkpoint: number;
  /** Milliseconds, by `performance.now`. */
  readonly at: number;
}

async function firstProgress(server: ServerProcess): Promise<Progress> {
  for (const begin = performance.now(); performance.now() - begin < startPatience * 1000;) {
    const progress = await progressOf(server).catch(() => undefined);
    if (progress && progress.checkpoint > 0) return progress;
    await sleep(lookEvery);
  }
  throw new Error(`No event was applied in ${startPatience} s`);
}

async function progressOf(server: ServerProcess): Promise<Progress> {
  const metrics = await server.text('/metrics');
  const [, checkpoint = '0'] = /^projection_checkpoint\{projection="directory-view"\} (\d+)/m.exec(metrics) ?? [];
  return { checkpoint: Number(checkpoint), at: performance.now() };
}
