/**
 * Runs tasks of one key one after another, in the order they were handed over, and tasks of different keys at the same
 * time. What other processes do it cannot keep apart.
 */
export class SerialQueue {
  /** The last task of each key that has one running or waiting. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** @returns what the task returns; a task that fails does not hold up the next one. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(key);
    const running = previous === undefined ? task() : previous.then(task, task);
    this.#last.set(key, running);
    const forget = () => {
      if (this.#last.get(key) === running) this.#last.delete(key);
    };
    running.then(forget, forget);
    return running;
  }

  /** Resolves once every task that was handed over is done. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
