import { reasonOf } from '../reason-of.js';
import type { Unasked } from './status.js';

/** Asks several engines, and remembers which did not answer and why. */
export class Inquiry {
  readonly unasked: Unasked[] = [];

  /** @returns undefined where it fails. */
  async ask<T>(part: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.unasked.push({ part, reason: reasonOf(error) });
      return undefined;
    }
  }
}
