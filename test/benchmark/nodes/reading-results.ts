import { LatencyHistogram } from '../../../apps/benchmark/src/load/latency-histogram.js';
import { median } from '../../../apps/benchmark/src/comparison/median.js';
import type { Measured } from '../report/result.js';
import { bareNotifications } from './bare-notifications.js';
import { type ReadingFigures, readOnTheOtherNode } from './reading-on-the-other-node.js';
import type { TwoNodes } from './two-nodes.js';

const alone = 1;
const many = 16;
const notifications = 200;

export interface ReadingLoad {
  readonly repetitions: number;
  readonly seconds: number;
}

/** What is written on one node and read on the other one: whether it is there, and what waiting for that costs. */
export async function readYourWrites(nodes: TwoNodes, load: ReadingLoad): Promise<readonly Measured[]> {
  let firstUser = 0;
  const measure = async (clients: number) => {
    const figures = await readOnTheOtherNode(nodes, { clients, seconds: load.seconds, firstUser });
    firstUser += figures.posts.count;
    return figures;
  };
  await measure(many);
  const [ofOne, ofMany]: [ReadingFigures[], ReadingFigures[]] = [[], []];
  const bare: number[] = [];
  for (let turn = 0; turn < load.repetitions; turn++) {
    ofOne.push(await measure(alone));
    bare.push(median(await bareNotifications(notifications)));
    ofMany.push(await measure(many));
  }
  return [stale([...ofOne, ...ofMany]), wait(ofOne, '1 client', bare), wait(ofMany, `${many} clients`)];
}

function stale(figures: readonly ReadingFigures[]): Measured {
  const sum = (of: (figures: ReadingFigures) => number) => figures.reduce((total, each) => total + of(each), 0);
  return {
    title: 'stale answers to GETs on the other node right after a POST',
    value: sum((each) => each.stale),
    unit: 'answers',
    limit: 0,
    note: `of ${sum((each) => each.reads)}, by id and by filter, after ${sum((each) => each.posts.count)} POSTs`,
  };
}

/** @param bare what PostgreSQL alone takes, one at a time, beside each of the figures. */
function wait(figures: readonly ReadingFigures[], clients: string, bare?: readonly number[]): Measured {
  const posts = new LatencyHistogram();
  for (const each of figures) posts.add(each.posts);
  const [medianWait, answered] = [median(figures.map((each) => each.wait)), posts.quantile(0.5)];
  return {
    title: `what read-your-writes adds to a POST at the median, ${clients}`,
    value: medianWait,
    unit: 'ms',
    limit: 10,
    ...(bare && { bare: median(bare), ratio: median(figures.map((each, turn) => each.wait / (bare[turn] as number))) }),
    note:
      `p99 ${median(figures.map((each) => each.waitP99)).toFixed(1)} ms; the whole POST takes ${answered.toFixed(1)} ms ` +
      `at the median, about ${Math.max(0, answered - medianWait).toFixed(1)} without the wait, ${posts.quantile(0.99).toFixed(1)} at p99`,
  };
}
