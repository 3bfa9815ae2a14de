import type { GenerationStatus } from './status.js';

/**
 * The live generations that have to be well: every one that somebody keeps up, as nodes of its release read it and writes wait
 * for it, and the newest. An older one that nobody keeps up is of a release that is gone.
 */
export function generationsInCharge(generations: readonly GenerationStatus[]): readonly GenerationStatus[] {
  const live = generations.filter(({ state }) => state === 'live');
  return live.filter((generation) => generation.isKeptUp || generation === live.at(-1));
}
