import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { HealthIndicator } from '#platform';

/** Tells load balancers to send nothing more, before connections close. */
@Injectable()
export class Draining implements HealthIndicator, BeforeApplicationShutdown {
  readonly name = 'process';
  #draining = false;

  problem(): string | undefined {
    return this.#draining ? 'it is shutting down' : undefined;
  }

  beforeApplicationShutdown(): void {
    this.#draining = true;
  }
}
