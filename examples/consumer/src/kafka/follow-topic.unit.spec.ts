import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import { followTopic } from './follow-topic.js';

describe('a reading that follows a topic', () => {
  /** @returns by which its client tells of itself. */
  async function follow(reader: Partial<Parameters<typeof followTopic>[3]>): Promise<EventEmitter> {
    const said = new EventEmitter();
    const [done, ignored] = [async () => undefined, () => undefined];
    const consumer = {
      events: { CRASH: 'consumer.crash', HEARTBEAT: 'consumer.heartbeat' },
      on: (name: string, listener: (event: unknown) => void) => said.on(name, listener),
      ...{ connect: done, subscribe: done, run: done, disconnect: done },
    };
    const kafka = { consumer: () => consumer } as unknown as Kafka;
    await followTopic(kafka, 'events', [], {
      ...{ event: ignored, caughtUp: ignored, heartbeat: ignored, failed: ignored },
      ...reader,
    });
    return said;
  }

  it('says that it has failed where the client gives its consumer up, and not where that begins again', async () => {
    const { promise: failed, resolve } = Promise.withResolvers<Error>();
    const client = await follow({ failed: resolve });
    const crash = (message: string, restart: boolean) =>
      client.emit('consumer.crash', { payload: { error: new Error(message), restart } });
    crash('connection closed', true);
    crash('no right to read', false);
    expect((await failed).message).toBe('no right to read');
  });

  it('passes the heartbeats of its client on', async () => {
    let heartbeats = 0;
    const client = await follow({ heartbeat: () => heartbeats++ });
    client.emit('consumer.heartbeat');
    client.emit('consumer.heartbeat');
    expect(heartbeats).toBe(2);
  });
});
