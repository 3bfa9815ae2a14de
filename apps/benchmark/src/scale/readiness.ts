import { median } from '../comparison/median.js';
import { leastEvents, millionUsers } from '../seed/directory-shape.js';
import { type ServerOptions, ServerProcess } from '../server/server-process.js';
import type { ScaleResult } from './scale-result.js';

const longestStart = 3;
const starts = 3;
const patience = 60;

/** How long a server takes from the start of its process until it is ready, on a log whose view is there. */
export async function readiness(options: ServerOptions): Promise<readonly ScaleResult[]> {
  const seconds: number[] = [];
  for (let start = 0; start < starts; start++) {
    const server = ServerProcess.launch(options);
    try {
      seconds.push(await server.ready(patience));
    } finally {
      await server.stop();
    }
  }
  return [
    {
      title: `ready on a log of at least ${leastEvents(millionUsers)} events`,
      value: median(seconds),
      unit: 's',
      limit: longestStart,
      note: `${starts} starts, the longest ${Math.max(...seconds).toFixed(2)} s`,
    },
  ];
}
