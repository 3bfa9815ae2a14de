import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Draining, HEALTH_INDICATORS, HealthController, METRICS_TOKEN, MetricsController } from '#platform';
import { PostgresLease } from '#projections-postgres';
import { projectorNames } from '#directory-view';
import { ProjectorService } from './distributed/projector.service.js';
import type { LeadershipOptions } from './distributed/term.js';

const SETTINGS = Symbol('SETTINGS');

export interface ProjectorProcessSettings extends LeadershipOptions {
  /** Reading metrics takes this token, if there is one. */
  readonly metricsToken: string | undefined;
}

/** The projector as a process of its own: one leads, any number stand by. */
@Module({})
export class ProjectorProcessModule implements OnApplicationShutdown {
  readonly #lease: PostgresLease;

  constructor(
    @Inject(SETTINGS) private readonly settings: ProjectorProcessSettings,
    lease: PostgresLease,
  ) {
    this.#lease = lease;
  }

  static with(settings: ProjectorProcessSettings): DynamicModule {
    return {
      module: ProjectorProcessModule,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: SETTINGS, useValue: settings },
        {
          provide: PostgresLease,
          useFactory: () => new PostgresLease({ url: settings.database, name: projectorNames.lease }),
        },
        { provide: Draining, useFactory: (host: HttpAdapterHost) => new Draining(host), inject: [HttpAdapterHost] },
        {
          provide: ProjectorService,
          useFactory: (lease: PostgresLease) => new ProjectorService(lease, settings),
          inject: [PostgresLease],
        },
        {
          provide: HEALTH_INDICATORS,
          useFactory: (draining: Draining, projector: ProjectorService) => [draining, projector],
          inject: [Draining, ProjectorService],
        },
        { provide: METRICS_TOKEN, useValue: settings.metricsToken },
      ],
    };
  }

  /** Nest calls a module after its providers: the projector has stopped, and given the lease back. */
  async onApplicationShutdown(): Promise<void> {
    await this.#lease.close();
    await this.settings.store.close();
  }
}
