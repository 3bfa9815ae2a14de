import { setTimeout as sleep } from 'node:timers/promises';

/** Spaces the requests of all jobs evenly, so that together they never exceed `perSecond`; undefined means no limit. */
export class RateLimit {
  readonly #intervalMs: number;
  #nextTurn = 0;

  constructor(perSecond: number | undefined) {
    this.#intervalMs = perSecond === undefined ? 0 : 1000 / perSecond;
  }

  async turn(): Promise<void> {
    if (this.#intervalMs === 0) return;
    const now = performance.now();
    const turn = Math.max(now, this.#nextTurn);
    this.#nextTurn = turn + this.#intervalMs;
    if (turn > now) await sleep(turn - now);
  }
}
