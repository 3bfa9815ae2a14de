import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { systemClock } from '#kernel';
import { DirectoryCommands, DirectoryLog } from '#command-handling';
import { SchemaRegistry } from '#scim-protocol';
import { HALTS, PROJECTIONS, PROJECTOR_LOGGER } from '../../../projector/src/index.js';
import {
  Addresses,
  CLOCK,
  CREDENTIALS,
  type Credentials,
  DIRECTORY_READER,
  READ_YOUR_WRITES,
} from '../../../scim-ingress/src/index.js';
import type { EmbeddedEngines } from './embedded-engines.js';
import { WaitOnRead } from './wait-on-read.js';

const ENGINES = Symbol('ENGINES');

export interface EngineSettings {
  readonly engines: EmbeddedEngines;
  readonly registry: SchemaRegistry;
  readonly credentials: Credentials;
  readonly addresses: Addresses;
  readonly logger: Logger;
}

/** Hands the embedded engines to the edge and to the projector, and closes them last. */
@Module({})
export class EmbeddedEnginesModule implements OnApplicationShutdown {
  constructor(@Inject(ENGINES) private readonly engines: EmbeddedEngines) {}

  static with({ engines, registry, credentials, addresses, logger }: EngineSettings): DynamicModule {
    const { view, viewProgress, membershipEndProgress, unseen, startedAt } = engines;
    const providers: Provider[] = [
      { provide: ENGINES, useValue: engines },
      { provide: DirectoryCommands, useValue: engines.commands },
      { provide: DirectoryLog, useValue: engines.log },
      { provide: SchemaRegistry, useValue: registry },
      { provide: Addresses, useValue: addresses },
      { provide: CREDENTIALS, useValue: credentials },
      { provide: CLOCK, useValue: systemClock },
      { provide: DIRECTORY_READER, useValue: view.reader },
      {
        provide: READ_YOUR_WRITES,
        useValue: new WaitOnRead({ view: viewProgress, membershipEnd: membershipEndProgress, unseen, startedAt }),
      },
      { provide: PROJECTIONS, useValue: engines.projections },
      { provide: PROJECTOR_LOGGER, useValue: logger },
      { provide: HALTS, useValue: engines.halts },
    ];
    return { module: EmbeddedEnginesModule, providers, exports: providers.flatMap(tokenOf) };
  }

  /** Nest shuts modules down from those who import to those who are imported: everybody else has stopped by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.engines.close();
  }
}

function tokenOf(provider: Provider) {
  return 'provide' in provider && provider.provide !== ENGINES ? [provider.provide] : [];
}
