import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Authentication } from './authentication/authentication.js';
import { BearerStrategy } from './authentication/bearer.strategy.js';
import { BulkController } from './bulk/bulk.controller.js';
import { DiscoveryController } from './discovery/discovery.controller.js';
import { MeController } from './me/me.controller.js';
import { commandHandlers } from './provisioning/resource-commands.js';
import { GetResourceHandler } from './reading/get-resource.js';
import { ListResourcesHandler } from './reading/list-resources.js';
import { ResourceTexts } from './reading/resource-texts.js';
import { SearchEverythingHandler } from './reading/search-everything.js';
import { GroupsController } from './resources/groups.controller.js';
import { UsersController } from './resources/users.controller.js';
import { WrittenTexts } from './resources/written-texts.js';
import { SearchController } from './search/search.controller.js';

/**
 * The HTTP edge. Needs from the engines it is composed with: `DirectoryCommands`, `DirectoryLog`, `SchemaRegistry`,
 * `Addresses`, and by token DIRECTORY_READER, READ_YOUR_WRITES, CREDENTIALS and CLOCK.
 */
@Module({})
export class ScimIngressModule {
  /** @param engines modules that export what the edge needs. */
  static on(engines: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ScimIngressModule,
      imports: [CqrsModule.forRoot(), ...engines],
      controllers: [
        UsersController,
        GroupsController,
        SearchController,
        BulkController,
        MeController,
        DiscoveryController,
      ],
      providers: [
        Authentication,
        BearerStrategy,
        ResourceTexts,
        WrittenTexts,
        GetResourceHandler,
        ListResourcesHandler,
        SearchEverythingHandler,
        ...commandHandlers,
      ],
    };
  }
}
