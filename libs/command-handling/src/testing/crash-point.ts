import type { Intercept } from './intercepted-store.js';

export const crashKinds = [
  { how: 'throws', when: 'before' },
  { how: 'throws', when: 'after' },
  { how: 'freezes', when: 'before' },
  { how: 'freezes', when: 'after' },
] as const;

export type CrashKind = (typeof crashKinds)[number];

/**
 * Something that goes wrong at one call of a port: before the call is made or after, it fails once (`throws`), or it and
 * every later one never comes back (`freezes`), which is what the log sees of a process that died.
 */
export class CrashPoint {
  #calls = 0;
  #isReached = false;
  #freeze: () => void = () => undefined;

  /** Resolves when the process has frozen. */
  readonly frozen = new Promise<void>((resolve) => (this.#freeze = resolve));

  /** @param at which call, from 0. */
  constructor(
    private readonly at: number,
    private readonly kind: CrashKind,
  ) {}

  get isReached(): boolean {
    return this.#isReached;
  }

  readonly intercept: Intercept = async (_call, perform) => {
    const isHere = this.#calls++ === this.at;
    if (isHere) this.#isReached = true;
    if (!this.#isReached || (!isHere && this.kind.how === 'throws')) return perform();
    if (isHere && this.kind.when === 'after') await perform();
    if (this.kind.how === 'throws') throw new Error('The connection broke');
    this.#freeze();
    return new Promise(() => undefined);
  };
}
