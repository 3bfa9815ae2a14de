import type { HealthIndicator } from '#platform';

/**
 * How long after one look at the log the next one begins, milliseconds. With the time that `WaitOnWrite.look` takes it has to
 * stay below the patience of a write on another node.
 */
const lookAgainAfter = 500;

/**
 * Whether this node reaches the log. Other nodes may reach it where this one does not, so requests had better go there; a
 * log that nobody reaches is a reason as well, because without it there is nothing a request could do.
 */
export class LogReach implements HealthIndicator {
  readonly name = 'log';
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #problem: string | undefined;

  /** @param look asks the log for something; rejects where it cannot be reached. */
  constructor(private readonly look: () => Promise<unknown>) {
    this.#lookLater();
  }

  problem(): string | undefined {
    return this.#problem;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #lookLater(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#ask(), lookAgainAfter).unref();
  }

  async #ask(): Promise<void> {
    this.#problem = await this.look().then(
      () => undefined,
      (error: Error) => `it cannot be reached: ${error.message}`,
    );
    this.#lookLater();
  }
}
