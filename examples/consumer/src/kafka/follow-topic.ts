import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { readMessage } from '../contract/provisioning-message.js';
import type { TopicsReader } from '../contract/provisioning-topics.js';
import { endsOf } from './ends-of.js';

/** Hands over what a topic holds, from its beginning, and then what comes, until the consumer is disconnected. */
export async function followTopic(
  kafka: Kafka,
  topic: string,
  reader: Pick<TopicsReader, 'event' | 'caughtUp'>,
): Promise<Consumer> {
  const ends = new Map<number, bigint>();
  for (const { partition, low, high } of await endsOf(kafka, [topic])) if (high > low) ends.set(partition, high);
  if (ends.size === 0) reader.caughtUp();
  const consumer = kafka.consumer({ groupId: `access-watch-${randomUUID()}`, maxWaitTimeInMs: 500 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (ends.size === 0) return reader.event(readMessage(message), true);
        reader.event(readMessage(message), false);
        const end = ends.get(partition);
        if (end === undefined || BigInt(message.offset) + 1n < end) return;
        ends.delete(partition);
        if (ends.size === 0) reader.caughtUp();
      },
    });
  } catch (error) {
    await consumer.disconnect();
    throw error;
  }
  return consumer;
}
