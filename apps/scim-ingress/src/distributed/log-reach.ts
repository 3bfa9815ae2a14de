import type { HealthIndicator } from '#platform';

/** How often it is looked at the log, milliseconds; a look that takes longer is followed by the next one at once. */
const lookEvery = 500;

/**
 * Whether this node reaches the log. Other nodes may reach it where this one does not, so requests had better go there; a
 * log that nobody reaches is a reason as well, because without it there is nothing a request could do.
 */
export class LogReach implements HealthIndicator {
  readonly name = 'log';
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #problem: string | undefined = 'it has not been reached yet';

  /** @param look asks the log for something; rejects where it cannot be reached. */
  constructor(private readonly look: () => Promise<unknown>) {
    void this.#lookAgain();
  }

  problem(): string | undefined {
    return this.#problem;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #lookAgain(): Promise<void> {
    const began = performance.now();
    this.#problem = await this.look().then(
      () => undefined,
      (error: Error) => `it cannot be reached: ${error.message}`,
    );
    if (this.#stopped) return;
    const rest = lookEvery - (performance.now() - began);
    this.#timer = setTimeout(() => void this.#lookAgain(), Math.max(0, rest)).unref();
  }
}
