import { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import { ProjectionRunner, type ProjectionRunnerOptions } from '../runner/projection-runner.js';
import { endsOwnership, type OwnershipEnd, type ProjectionState } from '../runner/projection-state.js';
import type { ServedProgress } from './served-progress.js';

/** A generation that is followed until it is let go. */
export class KeptGeneration {
  readonly progress = new CheckpointSignal();
  readonly rest: Promise<ProjectionState>;
  readonly #runner: ProjectionRunner;
  readonly #letGo = new AbortController();

  constructor(
    readonly number: number,
    options: Omit<ProjectionRunnerOptions, 'progress'>,
    served: ServedProgress,
    signal: AbortSignal,
  ) {
    this.#runner = new ProjectionRunner({ ...options, progress: served.of(this.progress) });
    this.rest = this.#runner.run(AbortSignal.any([signal, this.#letGo.signal]));
  }

  get state(): ProjectionState {
    return this.#runner.state;
  }

  /** It is carried on, or will be as soon as log and target are back. */
  get isFollowing(): boolean {
    const { status } = this.#runner.state;
    return status === 'running' || status === 'retrying';
  }

  /** Why this process is not to go on with it; undefined where it is. */
  get ownershipEnd(): OwnershipEnd | undefined {
    const { state } = this.#runner;
    return state.status === 'failed' && endsOwnership(state.failure) ? state.failure : undefined;
  }

  get isLetGo(): boolean {
    return this.#letGo.signal.aborted;
  }

  letGo(): void {
    this.#letGo.abort();
  }
}
