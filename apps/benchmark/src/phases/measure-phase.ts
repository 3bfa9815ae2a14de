import { compare, type Comparison, type Measure, type Repetitions } from '../comparison/compare.js';
import { type MeasuredServer, measureLoad } from '../comparison/measurement.js';
import { runClosedLoop } from '../load/closed-loop.js';
import type { Phase } from './phase.js';
import { Target } from './target.js';

/** Two servers that hold nothing yet. */
export interface ServerPair {
  readonly product: MeasuredServer;
  readonly bare: MeasuredServer;
}

/** @throws UnexpectedAnswer where either server answers anything but what the phase expects. */
export async function measurePhase(phase: Phase, servers: ServerPair, options: Repetitions): Promise<Comparison> {
  const product = await measureOf(phase, servers.product);
  const bare = await measureOf(phase, servers.bare);
  return compare(product, bare, options);
}

async function measureOf({ prepare, connections }: Phase, server: MeasuredServer): Promise<Measure> {
  const { port } = server;
  const round = await prepare(new Target(port));
  return async (seconds) => {
    const workload = await round(seconds);
    return measureLoad(server, () => runClosedLoop({ port, connections, seconds, workload }));
  };
}
