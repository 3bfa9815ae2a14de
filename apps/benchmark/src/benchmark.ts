import { measurePhase } from './phases/measure-phase.js';
import type { Phase } from './phases/phase.js';
import type { BenchmarkOptions } from './options.js';
import { describeMachine, describePlacement } from './report/machine.js';
import type { BenchmarkResults, PhaseResult } from './report/results.js';
import { measureScale } from './scale/measure-scale.js';
import type { ScaleResult } from './scale/scale-result.js';
import { DataFolders } from './seed/data-folders.js';
import { type Placement, placeGenerator } from './server/placement.js';
import { bareIn, productOn, whileRunning } from './server/start-servers.js';

/** @param report hears what is done next, in a few words. */
export async function runBenchmark(
  options: BenchmarkOptions,
  report: (step: string) => void,
): Promise<BenchmarkResults> {
  const folders = new DataFolders(options.cache);
  const placement = placeGenerator();
  const machine = describeMachine(describePlacement(placement), options.cache);
  const phases: PhaseResult[] = [];
  const start = performance.now();
  for (const phase of options.phases) {
    report(`${phase.title}, ${phase.connections} connections`);
    phases.push(await resultOf(phase, folders, placement, options));
  }
  const phasesDone = performance.now();
  const { repetitions } = options;
  const scale = options.scale ? await measureScale({ folders, placement, repetitions, report }).catch(lostScale) : [];
  const took = `It took ${minutes(phasesDone - start)} for the loads and ${minutes(performance.now() - phasesDone)} for size.`;
  return { date: new Date(), machine, method: methodOf(options), took, phases, scale };
}

/** Every phase has servers of its own that begin empty, so that its figures do not depend on which others are run. */
async function resultOf(
  phase: Phase,
  folders: DataFolders,
  placement: Placement | undefined,
  { repetitions }: BenchmarkOptions,
): Promise<PhaseResult> {
  const folder = folders.temporary();
  try {
    const comparison = await whileRunning(productOn(folder, placement), (product) =>
      whileRunning(bareIn(folder, placement), (bare) => measurePhase(phase, { product, bare }, repetitions)),
    );
    return { phase, comparison };
  } catch (error) {
    return { phase, failure: String(error) };
  } finally {
    folders.remove(folder);
  }
}

function methodOf({ repetitions: { repetitions, seconds } }: BenchmarkOptions): string {
  return `Medians of ${repetitions} measurements of ${seconds} s, product and bare server in turns.`;
}

/** What was measured of the loads is not to be lost because there is no place for large directories, for example. */
function lostScale(error: unknown): readonly ScaleResult[] {
  return [{ title: 'all of size and time', failure: String(error) }];
}

function minutes(milliseconds: number): string {
  return `${(milliseconds / 60_000).toFixed(1)} minutes`;
}
