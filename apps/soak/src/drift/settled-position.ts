import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../../benchmark/src/server/server-process.js';

/** How often a server is asked how far it is, milliseconds. */
const askEvery = 250;
/** Looks in a row that have to see the same. */
const sameLooks = 4;

/**
 * Waits until every projection and process manager of an idle server has come equally far and none goes on.
 *
 * @returns the position they have reached: the log's last event.
 * @throws where that does not happen in time.
 */
export async function settledPosition(server: ServerProcess, patienceSeconds: number): Promise<number> {
  const deadline = performance.now() + patienceSeconds * 1000;
  let before = '';
  for (let same = 0; performance.now() < deadline; await sleep(askEvery)) {
    const checkpoints = checkpointsIn(await server.text('/metrics'));
    const seen = checkpoints.join(' ');
    same = seen === before && new Set(checkpoints).size === 1 ? same + 1 : 0;
    if (same === sameLooks) return Number(checkpoints[0]);
    before = seen;
  }
  throw new Error(`After ${patienceSeconds} s the projections are at ${before}`);
}

function checkpointsIn(metrics: string): readonly string[] {
  return [...metrics.matchAll(/^projection_checkpoint\{.*\} (\d+)$/gm)].map(([, checkpoint = '']) => checkpoint);
}
