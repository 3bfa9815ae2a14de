import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { HealthIndicator } from '#platform';
import { holdLease, type Lease, type LeaseObserver } from '#projections';
import type { ProjectionHost } from '../projection-host.js';
import { keepUpView } from './keep-up-view.js';
import type { ReadView } from './membership-end-projection.js';
import { runProcesses } from './run-processes.js';
import type { LeadershipOptions, Leases } from './term.js';

const leading = new Gauge({
  name: 'projector_leading',
  help: '1 where this process leads: of all releases that run it alone ends memberships and publishes. 0 where it stands by',
});
const keepsUp = new Gauge({
  name: 'projector_keeps_up_view',
  help: '1 where this process keeps up the view of its release, 0 where it stands by',
});

/**
 * Keeps up the view of its release, and leads, whenever it holds the lease to do so, and stands by otherwise, for as long as the
 * application runs.
 */
export class ProjectorService implements HealthIndicator, OnApplicationBootstrap, OnApplicationShutdown {
  readonly name = 'projector';
  readonly #stop = new AbortController();
  readonly #running = new Set<ProjectionHost>();
  #holding: Promise<void> = Promise.resolve();

  constructor(
    private readonly leases: Leases,
    private readonly leadership: LeadershipOptions,
  ) {}

  /** A standby is as ready as it can be. */
  problem(): string | undefined {
    const indicators = [...this.#running].flatMap((host) => host.indicators);
    const problems = indicators.flatMap((indicator) => {
      const problem = indicator.problem();
      return problem === undefined ? [] : [`${indicator.name}: ${problem}`];
    });
    return problems.length > 0 ? problems.join('; ') : undefined;
  }

  onApplicationBootstrap(): void {
    const lease = this.leases.view;
    const options = { ...this.leadership, running: this.#running, lease, meanwhile: this.#lead.bind(this) };
    const work = (signal: AbortSignal) => keepUpView(options, signal);
    this.#holding = holdLease({ lease, work, observer: this.#observe('view', keepsUp) }, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#holding;
  }

  #lead(view: ReadView, over: AbortSignal): Promise<void> {
    const lease: Lease = this.leases.processes;
    const options = { ...this.leadership, running: this.#running };
    const work = (signal: AbortSignal) => runProcesses(options, view, signal);
    return holdLease({ lease, work, observer: this.#observe('processes', leading) }, over);
  }

  #observe(what: keyof Leases, gauge: Gauge): LeaseObserver {
    const { logger } = this.leadership;
    gauge.set(0);
    return {
      taken: () => {
        gauge.set(1);
        logger.info({ lease: what }, 'leads from now on');
      },
      ended: (reason) => {
        gauge.set(0);
        logger.info({ lease: what, reason }, 'stands by from now on');
      },
      unclear: (err) => logger.warn({ lease: what, err }, 'nobody can tell who leads'),
      failed: (err) => logger.warn({ lease: what, err }, 'cannot lead now; it is tried again'),
    };
  }
}
