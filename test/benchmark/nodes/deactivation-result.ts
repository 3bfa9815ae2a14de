import { setTimeout as sleep } from 'node:timers/promises';
import { runClosedLoop } from '../../../apps/benchmark/src/load/closed-loop.js';
import { Connection } from '../../../apps/benchmark/src/load/connection.js';
import { LatencyHistogram } from '../../../apps/benchmark/src/load/latency-histogram.js';
import { initialCycle } from '../../../apps/benchmark/src/phases/initial-cycle.js';
import { Target } from '../../../apps/benchmark/src/phases/target.js';
import { patch } from '../../../apps/benchmark/src/scim/scim-requests.js';
import type { Measured } from '../report/result.js';
import { Deactivations } from './deactivations.js';
import type { TwoNodes } from './two-nodes.js';

/** Of the initial cycle, as in the embedded benchmark. */
const connections = 16;
const topic = 'provisioning.events.v1';
/** How long the last deactivation is waited for, milliseconds. */
const patience = 60_000;

const leaves = { op: 'Replace', path: 'active', value: 'False' };

export interface LeaversLoad {
  readonly leavers: number;
  readonly perSecond: number;
}

/**
 * How soon a consumer hears that an account was switched off, while the other node is in its initial cycle. Counts from when
 * the request was due, so that a node that stands still is charged for all who had to wait.
 */
export async function deactivationDelay(
  { ports: [cycled, asked], brokers }: TwoNodes,
  { leavers, perSecond }: LeaversLoad,
): Promise<Measured> {
  const target = new Target(cycled);
  const ids = [...(await target.createUsers({ count: leavers })).keys()];
  const workload = await (await initialCycle(target))(0);
  const heard = await Deactivations.follow(brokers, topic);
  const connection = await Connection.open(asked);
  const delays = new LatencyHistogram();
  const arrivals: Promise<void>[] = [];
  const cycle = runClosedLoop({ port: cycled, connections, seconds: 2 + leavers / perSecond, workload });
  await sleep(1_000);
  const begun = performance.now();
  for (const [number, id] of ids.entries()) {
    const due = begun + (number * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    arrivals.push(heard.of(id).then((at) => delays.record(at - due)));
    await connection.exchange({ request: patch(`/Users/${id}`, leaves), status: 200 });
  }
  const { rate } = await cycle;
  const late = sleep(patience, 'late' as const, { ref: false });
  if ((await Promise.race([Promise.all(arrivals), late])) === 'late')
    throw new Error('A deactivation was never heard of');
  connection.close();
  await heard.stop();
  return {
    title: 'a deactivation reaches a consumer, p99',
    value: delays.quantile(0.99),
    unit: 'ms',
    limit: 1_000,
    note:
      `${delays.count} of them, ${perSecond} a second, during an initial cycle of ${Math.round(rate)} requests/s on the ` +
      `other node; median ${delays.quantile(0.5).toFixed(0)} ms, max ${delays.max.toFixed(0)} ms`,
  };
}
