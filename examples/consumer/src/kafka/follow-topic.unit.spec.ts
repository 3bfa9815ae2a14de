import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import { followTopic } from './follow-topic.js';

it('a reading says that it has failed where the client gives its consumer up, and not where that begins again', async () => {
  const said = new EventEmitter();
  const done = async () => undefined;
  const consumer = {
    events: { CRASH: 'consumer.crash' },
    on: (name: string, listener: (event: unknown) => void) => said.on(name, listener),
    ...{ connect: done, subscribe: done, run: done, disconnect: done },
  };
  const kafka = { consumer: () => consumer } as unknown as Kafka;
  const { promise: failed, resolve } = Promise.withResolvers<Error>();
  await followTopic(kafka, 'events', [], { event: () => undefined, caughtUp: () => undefined, failed: resolve });
  const crash = (message: string, restart: boolean) =>
    said.emit('consumer.crash', { payload: { error: new Error(message), restart } });
  crash('connection closed', true);
  crash('no right to read', false);
  expect((await failed).message).toBe('no right to read');
});
