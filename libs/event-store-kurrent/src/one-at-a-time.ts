/**
 * Runs the tasks of one stream one after another, in the order they were handed over. The repetition of an append that is
 * under way is not answered by the server until it gives up (`IdempotentNotReady` of KurrentDB's `IndexWriter`); after
 * the first answer it is answered at once.
 */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @returns what the task returns; a task that fails does not hold up the next one. */
  run<T>(stream: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(stream);
    const running = previous === undefined ? task() : previous.then(task, task);
    this.#last.set(stream, running);
    const forget = () => {
      if (this.#last.get(stream) === running) this.#last.delete(stream);
    };
    running.then(forget, forget);
    return running;
  }

  /** Resolves once every task that was handed over is done. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
