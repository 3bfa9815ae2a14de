/**
 * Tells the readers inside one process that the log has grown. A reader takes `version` before it reads; a growth that
 * falls between that read and the wait then ends the wait at once instead of being missed.
 */
export class LogGrowth {
  #version = 0;
  readonly #waiting = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  /** Wakes every reader: the log has grown, or will never grow again because the store is closed. */
  announce(): void {
    this.#version++;
    for (const wake of this.#waiting) wake();
  }

  /** Resolves once the log has grown since `version` was taken, or the signal aborts. */
  since(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== version || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
