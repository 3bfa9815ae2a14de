import { type DynamicModule, Module } from '@nestjs/common';
import { operations } from '#platform';
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
      ...operations({
        indicators: (host: ProjectionHost) => host.indicators,
        inject: [ProjectionHost],
        metricsToken: settings.metricsToken,
      }),
    };
  }
}
