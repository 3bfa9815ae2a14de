import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { systemClock } from '#kernel';
import { DirectoryCommands, DirectoryLog } from '#command-handling';
import { SchemaRegistry } from '#scim-protocol';
import { CREDENTIALS, type Credentials } from '../authentication/credentials.js';
import { CLOCK } from '../clock.js';
import { Addresses } from '../reading/addresses.js';
import { DIRECTORY_READER } from '../reading/directory-reader.token.js';
import { READ_YOUR_WRITES } from '../reading/read-your-writes.js';
import type { DistributedEngines } from './distributed-engines.js';

const ENGINES = Symbol('ENGINES');

export interface EngineSettings {
  readonly engines: DistributedEngines;
  readonly registry: SchemaRegistry;
  readonly credentials: Credentials;
  readonly addresses: Addresses;
}

/** Hands the engines that are shared with other processes to the edge, and closes them last. */
@Module({})
export class DistributedEnginesModule implements OnApplicationShutdown {
  constructor(@Inject(ENGINES) private readonly engines: DistributedEngines) {}

  static with({ engines, registry, credentials, addresses }: EngineSettings): DynamicModule {
    const shared = [
      { provide: DirectoryCommands, useValue: engines.commands },
      { provide: DirectoryLog, useValue: engines.log },
      { provide: SchemaRegistry, useValue: registry },
      { provide: Addresses, useValue: addresses },
      { provide: CREDENTIALS, useValue: credentials },
      { provide: CLOCK, useValue: systemClock },
      { provide: DIRECTORY_READER, useValue: engines.view.reader },
      { provide: READ_YOUR_WRITES, useValue: engines.readYourWrites },
    ];
    const providers: Provider[] = [{ provide: ENGINES, useValue: engines }, ...shared];
    return { module: DistributedEnginesModule, providers, exports: shared.map(({ provide }) => provide) };
  }

  /** Nest shuts modules down from those who import to those who are imported: requests have been answered by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.engines.close();
  }
}
