import { type DynamicModule, Module } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import { AccessWatch } from './access-watch.js';
import { ACCESS_LISTENER, type AccessListener, KAFKA, TOPIC_PREFIX } from './tokens.js';

@Module({})
export class ConsumerModule {
  static on(kafka: Kafka, prefix: string, listener: AccessListener): DynamicModule {
    return {
      module: ConsumerModule,
      providers: [
        { provide: KAFKA, useValue: kafka },
        { provide: TOPIC_PREFIX, useValue: prefix },
        { provide: ACCESS_LISTENER, useValue: listener },
        AccessWatch,
      ],
    };
  }
}
