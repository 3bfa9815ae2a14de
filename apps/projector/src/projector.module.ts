import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ProjectionHost } from './projection-host.js';

/** Runs the projections it is given. Needs by token: PROJECTIONS and PROJECTOR_LOGGER. */
@Module({})
export class ProjectorModule {
  /** @param engines modules that export what the projector needs. */
  static on(engines: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: ProjectorModule, imports: engines, providers: [ProjectionHost], exports: [ProjectionHost] };
  }
}
