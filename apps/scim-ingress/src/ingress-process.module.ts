import { type DynamicModule, Module } from '@nestjs/common';
import { operations } from '#platform';
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
      ...operations({ indicators: () => [settings.engines.logReach], metricsToken: settings.metricsToken }),
    };
  }
}
