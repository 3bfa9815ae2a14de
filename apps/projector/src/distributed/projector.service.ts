import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { HealthIndicator } from '#platform';
import { holdLease, type Lease } from '#projections';
import type { ProjectionHost } from '../projection-host.js';
import { lead } from './lead.js';
import type { LeadershipOptions } from './term.js';

const leading = new Gauge({
  name: 'projector_leading',
  help: '1 where this process holds the lease and builds the view, 0 where it stands by',
});

/** Leads whenever it holds the lease, and stands by otherwise, for as long as the application runs. */
export class ProjectorService implements HealthIndicator, OnApplicationBootstrap, OnApplicationShutdown {
  readonly name = 'projector';
  readonly #stop = new AbortController();
  #host: ProjectionHost | undefined;
  #holding: Promise<void> = Promise.resolve();

  constructor(
    private readonly lease: Lease,
    private readonly leadership: LeadershipOptions,
  ) {}

  /** A standby is as ready as it can be. */
  problem(): string | undefined {
    const problems = this.#host?.indicators.flatMap((indicator) => {
      const problem = indicator.problem();
      return problem === undefined ? [] : [`${indicator.name}: ${problem}`];
    });
    return problems?.length ? problems.join('; ') : undefined;
  }

  onApplicationBootstrap(): void {
    const { logger } = this.leadership;
    leading.set(0);
    const observer = {
      taken: () => {
        leading.set(1);
        logger.info('leads from now on');
      },
      ended: (reason: string) => {
        leading.set(0);
        logger.info({ reason }, 'stands by from now on');
      },
      unclear: (err: unknown) => logger.warn({ err }, 'nobody can tell who leads'),
      failed: (err: unknown) => logger.warn({ err }, 'cannot lead now; it is tried again'),
    };
    const work = (signal: AbortSignal) =>
      lead(this.leadership, (host) => (this.#host = host), signal).finally(() => (this.#host = undefined));
    this.#holding = holdLease({ lease: this.lease, work, observer }, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#holding;
  }
}
