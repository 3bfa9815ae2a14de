import type { ProjectionRunnerOptions } from '../runner/projection-runner.js';
import type { ProjectionObserver } from '../runner/projection-state.js';
import type { GenerationCatalogue } from './generation-catalogue.js';
import type { GenerationObserver } from './generation-observer.js';
import { KeptGeneration } from './kept-generation.js';
import type { ServedProgress } from './served-progress.js';

export interface FollowedGenerationsOptions extends Omit<ProjectionRunnerOptions, 'target' | 'progress' | 'observer'> {
  readonly catalogue: Pick<GenerationCatalogue, 'target' | 'release'>;
  readonly observer?: GenerationObserver;
  readonly progress: ServedProgress;
  /** Whether readers see it. */
  readonly isServed: (number: number) => boolean;
  /** One runs that did not. */
  readonly began: () => void;
  readonly cameToRest: (generation: KeptGeneration) => void;
}

/** Those generations of a catalogue that are followed, each by one runner at a time. */
export class FollowedGenerations {
  readonly #options: FollowedGenerationsOptions;
  readonly #followed = new Set<KeptGeneration>();
  /** By number: those let go, until nothing of them is held any more. */
  readonly #leaving = new Map<number, Promise<void>>();

  constructor(options: FollowedGenerationsOptions) {
    this.#options = options;
  }

  /** @returns undefined where the signal has aborted: to acquire it would be to take it away from whoever goes on with it. */
  async follow(number: number, signal: AbortSignal): Promise<KeptGeneration | undefined> {
    await this.#leaving.get(number);
    // Somebody wants one back that has just been retired.
    for (const one of this.#followed) if (one.number === number) return one;
    const { catalogue, progress, cameToRest, ...options } = this.#options;
    const target = await catalogue.target(number);
    if (signal.aborted) return undefined;
    const observer = this.#observerOf(number);
    const followed = new KeptGeneration(number, { ...options, target, observer }, progress, signal);
    this.#followed.add(followed);
    void followed.rest.then(() => {
      this.#followed.delete(followed);
      cameToRest(followed);
    });
    return followed;
  }

  letGo(generation: KeptGeneration): void {
    if (generation.isLetGo) return;
    const { catalogue, observer } = this.#options;
    const { number, rest } = generation;
    generation.letGo();
    const left = rest
      .then(() => catalogue.release(number))
      .catch((cause: unknown) => observer?.unclear?.(cause))
      .then(() => void this.#leaving.delete(number));
    this.#leaving.set(number, left);
  }

  /** Resolves when nothing is held any more of those that were let go. */
  async left(): Promise<void> {
    await Promise.all(this.#leaving.values());
  }

  /** Resolves when none is followed any more. */
  async atRest(): Promise<void> {
    await Promise.all([...this.#followed].map(({ rest }) => rest));
  }

  #observerOf(number: number): ProjectionObserver {
    const { observer, isServed, began } = this.#options;
    return {
      batchApplied: (batch) => isServed(number) && observer?.batchApplied?.(batch),
      stateChanged: (state) => {
        if (isServed(number)) observer?.stateChanged?.(state);
        else observer?.besideChanged?.(number, state);
        if (state.status === 'running') began();
      },
    };
  }
}
