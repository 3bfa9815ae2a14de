import { compare, type Comparison, type Measure, type Repetitions } from '../comparison/compare.js';
import { runClosedLoop } from '../load/closed-loop.js';
import type { Phase } from './phase.js';
import { Target } from './target.js';

/** Ports of two servers that hold nothing yet. */
export interface ServerPair {
  readonly product: number;
  readonly bare: number;
}

/** @throws UnexpectedAnswer where either server answers anything but what the phase expects. */
export async function measurePhase(phase: Phase, servers: ServerPair, options: Repetitions): Promise<Comparison> {
  const product = await measureOf(phase, servers.product);
  const bare = await measureOf(phase, servers.bare);
  return compare(product, bare, options);
}

async function measureOf({ prepare, connections }: Phase, port: number): Promise<Measure> {
  const round = await prepare(new Target(port));
  return async (seconds) => runClosedLoop({ port, connections, seconds, workload: await round(seconds) });
}
