import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { operations } from '#platform';
import { PostgresLease } from '#projections-postgres';
import { projectorNames, viewLeaseOf } from '#directory-view';
import { ProjectorService } from './distributed/projector.service.js';
import type { LeadershipOptions, Leases } from './distributed/term.js';
import { observeLog } from './observe-log.js';

const SETTINGS = Symbol('SETTINGS');
const LEASES = Symbol('LEASES');

type PostgresLeases = Record<keyof Leases, PostgresLease>;

export interface ProjectorProcessSettings extends LeadershipOptions {
  /** Reading metrics takes this token, if there is one. */
  readonly metricsToken: string | undefined;
}

/** The projector as a process of its own: one leads, any number stand by. */
@Module({})
export class ProjectorProcessModule implements OnApplicationShutdown {
  readonly #observation: ReturnType<typeof observeLog>;

  constructor(
    @Inject(SETTINGS) private readonly settings: ProjectorProcessSettings,
    @Inject(LEASES) private readonly leases: PostgresLeases,
  ) {
    this.#observation = observeLog(settings.store);
  }

  static with(settings: ProjectorProcessSettings): DynamicModule {
    const { controllers, providers } = operations({
      indicators: (projector: ProjectorService) => [projector],
      inject: [ProjectorService],
      metricsToken: settings.metricsToken,
    });
    return {
      module: ProjectorProcessModule,
      controllers,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LEASES, useFactory: () => openLeases(settings) },
        {
          provide: ProjectorService,
          useFactory: (leases: PostgresLeases) => new ProjectorService(leases, settings),
          inject: [LEASES],
        },
        ...providers,
      ],
    };
  }

  /** Nest calls a module after its providers: the projector has stopped, and given the leases back. */
  async onApplicationShutdown(): Promise<void> {
    this.#observation.stop();
    await Promise.all(Object.values(this.leases).map((lease) => lease.close()));
    await this.settings.store.close();
  }
}

function openLeases({ database: url, registry }: LeadershipOptions): PostgresLeases {
  return {
    view: new PostgresLease({ url, name: viewLeaseOf(registry) }),
    processes: new PostgresLease({ url, name: projectorNames.lease }),
  };
}
