import { type DynamicModule, Module } from '@nestjs/common';
import { AccessWatch } from './access-watch.js';
import type { ProvisioningTopics } from './contract/provisioning-topics.js';
import { ACCESS_LISTENER, type AccessListener, PROVISIONING_TOPICS } from './tokens.js';

@Module({})
export class ConsumerModule {
  static on(topics: ProvisioningTopics, listener: AccessListener): DynamicModule {
    return {
      module: ConsumerModule,
      providers: [
        { provide: PROVISIONING_TOPICS, useValue: topics },
        { provide: ACCESS_LISTENER, useValue: listener },
        AccessWatch,
      ],
    };
  }
}
