import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Draining, HEALTH_INDICATORS, HealthController, METRICS_TOKEN, MetricsController } from '#platform';
import { ProjectionHost, ProjectorModule } from '../../projector/src/index.js';
import { ScimIngressModule } from '../../scim-ingress/src/index.js';
import { EmbeddedEnginesModule, type EngineSettings } from './engines/embedded-engines.module.js';

export interface StandaloneSettings extends EngineSettings {
  /** Reading metrics takes this token, if there is one. */
  readonly metricsToken: string | undefined;
}

/** Edge and projector in one process, on the embedded engines. */
@Module({})
export class StandaloneModule {
  static with(settings: StandaloneSettings): DynamicModule {
    const engines = EmbeddedEnginesModule.with(settings);
    return {
      module: StandaloneModule,
      imports: [ScimIngressModule.on([engines]), ProjectorModule.on([engines])],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Draining, useFactory: (host: HttpAdapterHost) => new Draining(host), inject: [HttpAdapterHost] },
        {
          provide: HEALTH_INDICATORS,
          useFactory: (host: ProjectionHost, draining: Draining) => [draining, ...host.indicators],
          inject: [ProjectionHost, Draining],
        },
        { provide: METRICS_TOKEN, useValue: settings.metricsToken },
      ],
    };
  }
}
