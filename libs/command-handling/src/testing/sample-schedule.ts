import { movesOf, type Scenario } from './explore-schedules.js';
import { ScheduledRun } from './scheduled-run.js';

/** One in so many moves stops an actor. */
const stopsRarely = 12;

/** Runs one schedule of a scenario, the one that a sequence of numbers from 0 picks. */
export async function sampleSchedule<Outcome>(scenario: Scenario<Outcome>, choices: Iterator<number>): Promise<void> {
  const { store, actors } = await scenario.prepare();
  const run = await ScheduledRun.start(store, actors);
  const stopped = new Set<number>();
  const choose = () => choices.next().value as number;
  for (let moves = movesOf(run, stopped); moves.length > 0; moves = movesOf(run, stopped)) {
    const kind = choose() % stopsRarely === 0 ? 'stop' : 'step';
    const candidates = moves.filter((move) => move.kind === kind);
    const { actor } = candidates[choose() % candidates.length] ?? { actor: 0 };
    if (kind === 'stop') stopped.add(actor);
    else await run.step(actor);
  }
  await scenario.check(store, run);
}
