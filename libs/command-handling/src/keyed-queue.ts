/**
 * Runs tasks of one key one after another, tasks of different keys at the same time. It spares writers of one process
 * the revision conflicts among themselves; writers in other processes are kept apart by the expected revision alone,
 * so nothing may rely on this queue for correctness.
 */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** @returns what the task returns; a task that fails does not hold up the next one. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key);
    const running = previous === undefined ? task() : previous.then(task, task);
    this.#tails.set(key, running);
    const forget = () => {
      if (this.#tails.get(key) === running) this.#tails.delete(key);
    };
    running.then(forget, forget);
    return running;
  }

  /** Keys that have a task running or waiting. */
  get size(): number {
    return this.#tails.size;
  }
}
