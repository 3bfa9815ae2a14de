import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { type ProvisioningMessage, readMessage } from '../contract/provisioning-message.js';
import { endsOf } from './ends-of.js';

export interface Follower {
  /** A message that was there when the following began, or came before all of those were handed over. */
  past(message: ProvisioningMessage): void;
  /** All that was there has been handed over. */
  caughtUp(): void;
  live(message: ProvisioningMessage): void;
}

/** Hands over what a topic holds, from its beginning, and then what comes, until the consumer is disconnected. */
export async function followTopic(kafka: Kafka, topic: string, follower: Follower): Promise<Consumer> {
  const ends = new Map<number, bigint>();
  for (const { partition, low, high } of await endsOf(kafka, [topic])) if (high > low) ends.set(partition, high);
  if (ends.size === 0) follower.caughtUp();
  const consumer = kafka.consumer({ groupId: `access-watch-${randomUUID()}`, maxWaitTimeInMs: 500 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (ends.size === 0) return follower.live(readMessage(message));
        follower.past(readMessage(message));
        const end = ends.get(partition);
        if (end === undefined || BigInt(message.offset) + 1n < end) return;
        ends.delete(partition);
        if (ends.size === 0) follower.caughtUp();
      },
    });
  } catch (error) {
    await consumer.disconnect();
    throw error;
  }
  return consumer;
}
