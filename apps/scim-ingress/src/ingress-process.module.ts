import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Draining, HEALTH_INDICATORS, HealthController, METRICS_TOKEN, MetricsController } from '#platform';
import { DistributedEnginesModule, type EngineSettings } from './distributed/distributed-engines.module.js';
import { ScimIngressModule } from './scim-ingress.module.js';

export interface IngressProcessSettings extends EngineSettings {
  /** Reading metrics takes this token, if there is one. */
  readonly metricsToken: string | undefined;
}

/** The edge as a process of its own, one of any number. */
@Module({})
export class IngressProcessModule {
  static with(settings: IngressProcessSettings): DynamicModule {
    return {
      module: IngressProcessModule,
      imports: [ScimIngressModule.on([DistributedEnginesModule.with(settings)])],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Draining, useFactory: (host: HttpAdapterHost) => new Draining(host), inject: [HttpAdapterHost] },
        {
          provide: HEALTH_INDICATORS,
          useFactory: (draining: Draining) => [draining, settings.engines.logReach],
          inject: [Draining],
        },
        { provide: METRICS_TOKEN, useValue: settings.metricsToken },
      ],
    };
  }
}
