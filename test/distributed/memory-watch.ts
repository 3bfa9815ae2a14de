import { setTimeout as pause } from 'node:timers/promises';
import type { ComposeProcess } from '../support/compose-process.js';

/** What a process took up while it was watched, as the operating system counts it, bytes. */
export class MemoryWatch {
  private constructor(private readonly samples: readonly number[]) {}

  /** Looks at the process once a second. */
  static async during(seconds: number, watched: ComposeProcess, token: string): Promise<MemoryWatch> {
    const samples: number[] = [];
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      samples.push((await watched.metric('process_resident_memory_bytes', token)) ?? NaN);
      await pause(1_000);
    }
    return new MemoryWatch(samples);
  }

  get first(): number {
    return this.samples[0] as number;
  }

  get most(): number {
    return Math.max(...this.samples);
  }

  /** By how much it took up more in the second half than it ever did in the first: what gathers shows there. */
  get growth(): number {
    const half = this.samples.length >> 1;
    return Math.max(...this.samples.slice(half)) - Math.max(...this.samples.slice(0, half));
  }
}
