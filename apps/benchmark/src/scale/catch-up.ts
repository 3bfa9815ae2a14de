import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../server/server-process.js';
import type { ScaleResult } from './scale-result.js';

const leastRate = 30_000;
const longest = 20;
const lookEvery = 250;

/** How fast a server that has just been started fills an empty view, until it is done or for twenty seconds. */
export async function catchUpRate(server: ServerProcess): Promise<ScaleResult> {
  const first = await firstProgress(server);
  let last = first;
  for (let idle = 0; idle < 4 && last.at - first.at < longest * 1000;) {
    await sleep(lookEvery);
    const seen = await progressOf(server);
    idle = seen.checkpoint === last.checkpoint ? idle + 1 : 0;
    if (idle === 0) last = seen;
  }
  const seconds = (last.at - first.at) / 1000;
  return {
    title: 'an empty view catches up at',
    value: (last.checkpoint - first.checkpoint) / seconds,
    unit: 'events/s',
    limit: leastRate,
    isLeast: true,
    note: `over ${last.checkpoint - first.checkpoint} events`,
  };
}

interface Progress {
  readonly checkpoint: number;
  /** Milliseconds, by `performance.now`. */
  readonly at: number;
}

async function firstProgress(server: ServerProcess): Promise<Progress> {
  for (;;) {
    const progress = await progressOf(server).catch(() => undefined);
    if (progress && progress.checkpoint > 0) return progress;
    await sleep(lookEvery);
  }
}

async function progressOf(server: ServerProcess): Promise<Progress> {
  const metrics = await server.text('/metrics');
  const [, checkpoint = '0'] = /^projection_checkpoint\{projection="directory-view"\} (\d+)/m.exec(metrics) ?? [];
  return { checkpoint: Number(checkpoint), at: performance.now() };
}
