import type { LoadResult } from '../load/closed-loop.js';
import { cpuTimeOf } from '../server/process-cpu.js';

/** What a load came to, and what it cost the server where the system says so (Linux). */
export interface Measurement extends LoadResult {
  /** Processor time of the server, microseconds a request. */
  readonly serverCost?: number;
  /** Share of one core that the server used; far below 1 something else set the pace. */
  readonly serverShare?: number;
}

/** A server under load; a process of its own. */
export interface MeasuredServer {
  readonly port: number;
  readonly pid: number;
}

export async function measureLoad({ pid }: MeasuredServer, load: () => Promise<LoadResult>): Promise<Measurement> {
  const before = cpuTimeOf(pid);
  const start = performance.now();
  const result = await load();
  const elapsed = (performance.now() - start) * 1000;
  const after = cpuTimeOf(pid);
  if (before === undefined || after === undefined) return result;
  return { ...result, serverCost: (after - before) / result.requests, serverShare: (after - before) / elapsed };
}
