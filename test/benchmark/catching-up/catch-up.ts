import { inspect } from 'node:util';
import { beforeFirstPosition } from '#event-store';
import { ProjectionRunner } from '#projections';
import type { HostedTarget } from '../../../apps/projector/src/projection-host.js';

/** Milliseconds. */
const patience = 600_000;

export interface CatchUpFigures {
  readonly seconds: number;
  /** Processor time of the thread that does it; the client's and the database's own are not in it. */
  readonly threadSeconds: number;
}

/**
 * Runs a projection of the projector alone, from the log's beginning to its end. Its start does not count: it ends with the
 * first batch, before which connections, tables and topics are waited for.
 */
export async function catchUp({ progress, startedAt, ...projection }: HostedTarget): Promise<CatchUpFigures> {
  const runner = new ProjectionRunner({ ...projection, progress });
  const stop = new AbortController();
  const running = runner.run(stop.signal);
  const firstBatch = async () => {
    while (progress.current === beforeFirstPosition) await progress.changed();
  };
  await Promise.race([firstBatch(), running]);
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  const complete = Promise.withResolvers<void>();
  const look = setInterval(() => {
    const isLate = performance.now() - began > patience;
    if (progress.hasReached(startedAt) || runner.state.status === 'failed' || isLate) complete.resolve();
  }, 5);
  await complete.promise;
  clearInterval(look);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.threadCpuUsage(cpu);
  const isComplete = progress.hasReached(startedAt);
  stop.abort();
  await running;
  if (!isComplete) throw new Error(`${projection.name} did not catch up: ${inspect(runner.state)}`);
  return { seconds, threadSeconds: (user + system) / 1e6 };
}
