import { describeMachine } from '../../apps/benchmark/src/report/machine.js';
import { relayCatchesUp, viewCatchesUp } from './catching-up/catching-up-results.js';
import { type Engines, withEngines } from './engines/engines.js';
import { withLog } from './engines/seeded-log.js';
import { liveDelay } from './live/live-result.js';
import { deactivationDelay } from './nodes/deactivation-result.js';
import { readYourWrites } from './nodes/reading-results.js';
import { withTwoNodes } from './nodes/two-nodes.js';
import type { DistributedOptions, Part, Sizes } from './options.js';
import type { Measured, Report, Result } from './report/result.js';

/** Each has a log and databases of its own, so that its figures do not depend on which others are measured. */
const measurements: Readonly<Record<Part, (engines: Engines, sizes: Sizes) => Promise<readonly Measured[]>>> = {
  relay: async (engines, { log, repetitions }) => [
    await withLog(log, (seeded) => relayCatchesUp(seeded, engines, repetitions)),
  ],
  view: async (_, { log, repetitions }) => [await withLog(log, (seeded) => viewCatchesUp(seeded, repetitions))],
  live: async (engines, { repetitions, liveEvents }) => [await liveDelay(engines, repetitions, liveEvents)],
  reads: (engines, { reading }) => withTwoNodes(engines, (nodes) => readYourWrites(nodes, reading)),
  deactivation: async (engines, { leavers }) => [
    await withTwoNodes(engines, (nodes) => deactivationDelay(nodes, leavers)),
  ],
};

/** @param report hears what is done next, in a few words. */
export function runDistributedBenchmark(
  { parts, sizes }: DistributedOptions,
  report: (step: string) => void,
): Promise<Report> {
  report('starting PostgreSQL and Apache Kafka');
  return withEngines(async (engines) => {
    const machine = describeMachine('no process is tied to a core', engines.folder);
    const results: Result[] = [];
    for (const part of parts) {
      report(part);
      const failed = (error: unknown): readonly Result[] => [{ title: part, failure: String(error) }];
      results.push(...(await measurements[part](engines, sizes).catch(failed)));
    }
    const method = `Medians of ${sizes.repetitions} measurements after one that does not count, product and bare engine in turns.`;
    return { date: new Date(), machine, method, results };
  });
}
