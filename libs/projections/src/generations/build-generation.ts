import type { EventStore } from '#event-store';
import { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import { ProjectionRunner, type ProjectionRunnerOptions } from '../runner/projection-runner.js';
import type { ProjectionState } from '../runner/projection-state.js';
import type { GenerationCatalogue } from './generation-catalogue.js';

export interface BuildGenerationOptions extends Omit<ProjectionRunnerOptions, 'log' | 'target' | 'progress'> {
  readonly log: Pick<EventStore, 'subscribeAll' | 'head'>;
  readonly catalogue: GenerationCatalogue;
}

export interface BuiltGeneration {
  readonly number: number;
  readonly progress: CheckpointSignal;
  /** The runner goes on after the flip; this is where it comes to rest. */
  readonly rest: Promise<ProjectionState>;
}

/**
 * Builds a generation from nothing beside the live one, and makes it live once it has caught up. The runner of the
 * generation that was live is its owner's to stop.
 *
 * @returns the live generation, or the state its runner stopped in before it could become that (the signal, a failure);
 * it then stays in `building`.
 */
export async function buildGeneration(
  options: BuildGenerationOptions,
  signal: AbortSignal,
): Promise<BuiltGeneration | ProjectionState> {
  const { catalogue, log } = options;
  const { number } = await catalogue.begin();
  const progress = new CheckpointSignal();
  const runner = new ProjectionRunner({ ...options, target: await catalogue.target(number), progress });
  const rest = runner.run(signal);
  let goal = await log.head();
  for (;;) {
    while (!progress.hasReached(goal)) {
      if (runner.atRest) return rest;
      await progress.changed();
    }
    const flip = await catalogue.makeLive(number);
    if (flip.outcome === 'live') return { number, progress, rest };
    if (flip.outcome === 'not-building')
      throw new Error(`Generation ${number} became ${flip.state} while it was built.`);
    goal = flip.checkpoint;
  }
}
