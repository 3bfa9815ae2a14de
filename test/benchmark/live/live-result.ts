import { LatencyHistogram } from '../../../apps/benchmark/src/load/latency-histogram.js';
import type { Engines } from '../engines/engines.js';
import { withLog } from '../engines/seeded-log.js';
import type { Measured } from '../report/result.js';
import { TurnProcess } from '../turns/turn-process.js';

interface LiveFigures {
  readonly delays: readonly number[];
  readonly bareDelays: readonly number[];
}

/** What the relay adds when it follows live, with nothing else to do. */
export async function liveDelay({ kafka }: Engines, repetitions: number, events: number): Promise<Measured> {
  return withLog({ users: 0, groups: 0, members: 0 }, async ({ url }) => {
    const script = new URL('live-turns.ts', import.meta.url);
    const args = [url, kafka.bootstrap, String(events)];
    const { process } = await TurnProcess.start<object, LiveFigures>(script, args);
    const [relayed, bare] = [new LatencyHistogram(), new LatencyHistogram()];
    try {
      for (let turn = 0; turn <= repetitions; turn++) {
        const figures = await process.turn();
        if (turn === 0) continue;
        for (const delay of figures.delays) relayed.record(delay);
        for (const delay of figures.bareDelays) bare.record(delay);
      }
    } finally {
      await process.stop();
    }
    const [median, bareMedian] = [relayed.quantile(0.5), bare.quantile(0.5)];
    return {
      title: 'live, from the end of an append to a consumer, median',
      value: median,
      unit: 'ms',
      limit: 50,
      bare: bareMedian,
      ratio: median / bareMedian,
      note:
        `${relayed.count} events one by one; p99 ${relayed.quantile(0.99).toFixed(1)} ms, of bare sends ` +
        `${bare.quantile(0.99).toFixed(1)} ms; the relay's part is the difference, ${(median - bareMedian).toFixed(1)} ms`,
    };
  });
}
