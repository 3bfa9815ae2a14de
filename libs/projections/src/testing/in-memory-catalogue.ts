import type {
  FlipResult,
  Generation,
  GenerationCatalogue,
  GenerationState,
  GenerationsToKeep,
} from '../generations/generation-catalogue.js';
import { InMemoryTarget } from './in-memory-target.js';

/** A catalogue in memory of generations that remember which events they were given. */
export class InMemoryCatalogue implements GenerationCatalogue {
  /** What it was asked to do with generations, e.g. `target 1`. */
  readonly asked: string[] = [];
  readonly #states: GenerationState[] = [];
  readonly #targets: InMemoryTarget[] = [];

  /** @returns the number of a generation that is in this state from now on. */
  begin(state: GenerationState): number {
    this.#targets.push(new InMemoryTarget());
    return this.#states.push(state);
  }

  /** As an operator in another process changes it. */
  enter(number: number, state: GenerationState): void {
    this.#states[number - 1] = state;
  }

  get states(): readonly GenerationState[] {
    return [...this.#states];
  }

  async list(): Promise<readonly Generation[]> {
    return this.#states.map((state, index) => ({ number: index + 1, state, codeVersion: '1', logIdentity: 'sample' }));
  }

  async live(): Promise<Generation | undefined> {
    return (await this.list()).find(({ state }) => state === 'live');
  }

  async toKeep(): Promise<GenerationsToKeep> {
    const numberOf = (wanted: GenerationState) => this.#states.indexOf(wanted) + 1 || undefined;
    return { live: numberOf('live'), building: numberOf('building') };
  }

  async target(number: number): Promise<InMemoryTarget> {
    this.asked.push(`target ${number}`);
    return this.targetOf(number);
  }

  async makeLive(number: number): Promise<FlipResult> {
    this.asked.push(`live ${number}`);
    const live = this.#states.indexOf('live') + 1;
    const checkpoint = live > 0 ? this.targetOf(live).checkpoint : 0n;
    if (this.targetOf(number).checkpoint < checkpoint) return { outcome: 'behind', checkpoint } as FlipResult;
    if (live > 0) this.enter(live, 'retired');
    this.enter(number, 'live');
    return { outcome: 'live' };
  }

  async release(number: number): Promise<void> {
    this.asked.push(`release ${number}`);
  }

  targetOf(number: number): InMemoryTarget {
    return this.#targets[number - 1] as InMemoryTarget;
  }
}
