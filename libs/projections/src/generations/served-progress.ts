import type { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import type { RunnerProgress } from '../runner/projection-runner.js';

/** Tells those who read a view of the progress of the generation they read, of several that are followed. */
export class ServedProgress {
  readonly #readers: CheckpointSignal;
  #served: CheckpointSignal | undefined;

  constructor(readers: CheckpointSignal) {
    this.#readers = readers;
  }

  /** What the runner of a generation is to tell. @param own is told whether the generation is served or not. */
  of(own: CheckpointSignal): RunnerProgress {
    const told = () => (own === this.#served ? [own, this.#readers] : [own]);
    return {
      advanced: (position) => told().forEach((signal) => signal.advanced(position)),
      halted: () => told().forEach((signal) => signal.halted()),
      untilAwaited: (milliseconds, signal) =>
        (own === this.#served ? this.#readers : own).untilAwaited(milliseconds, signal),
    };
  }

  /** @param own of the generation that is served from now on; undefined: readers hear of none. */
  serve(own: CheckpointSignal | undefined): void {
    if (own === this.#served) return;
    this.#served = own;
    if (own) this.#readers.advanced(own.current);
  }
}
