import { setTimeout as pause } from 'node:timers/promises';

/** Holds those who do something to so many times a second together, at even distances. */
export class Pace {
  readonly #distance: number;
  #next = 0;

  /** @param perSecond Infinity: nobody is held. */
  constructor(perSecond: number) {
    this.#distance = 1_000 / perSecond;
  }

  /** Resolves when it is the caller's turn. Turns that nobody took are not made up for. */
  async turn(): Promise<void> {
    if (this.#distance === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#distance;
    if (at > now) await pause(at - now);
  }
}
