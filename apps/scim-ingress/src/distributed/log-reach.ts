import type { EventStore } from '#event-store';
import type { HealthIndicator } from '#platform';

/** How often the log is asked for its end, milliseconds. */
const askEvery = 2_000;

/**
 * Whether this node reaches the log. Other nodes may reach it where this one does not, so requests had better go there; a
 * log that nobody reaches is a reason as well, because without it there is nothing a request could do.
 */
export class LogReach implements HealthIndicator {
  readonly name = 'log';
  readonly #timer: NodeJS.Timeout;
  #problem: string | undefined;

  constructor(private readonly store: Pick<EventStore, 'head'>) {
    this.#timer = setInterval(() => void this.#ask(), askEvery).unref();
  }

  problem(): string | undefined {
    return this.#problem;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#problem = await this.store.head().then(
      () => undefined,
      (error: Error) => `it cannot be reached: ${error.message}`,
    );
  }
}
