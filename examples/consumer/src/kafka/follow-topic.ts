import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { readMessage } from '../contract/provisioning-message.js';
import type { TopicsReader } from '../contract/provisioning-topics.js';
import type { PartitionEnd } from './ends-of.js';
import { untilGivenUp } from './until-given-up.js';

/**
 * Hands over what a topic holds, from its beginning, and then what comes, until the consumer is disconnected.
 *
 * @param beginning where its partitions ended when the reading began.
 */
export async function followTopic(
  kafka: Kafka,
  topic: string,
  beginning: readonly PartitionEnd[],
  reader: Pick<TopicsReader, 'event' | 'caughtUp' | 'heartbeat' | 'failed'>,
): Promise<Consumer> {
  const ends = new Map(beginning.map(({ partition, high }) => [partition, high]));
  const missing = new Set(beginning.filter(({ low, high }) => high > low).map(({ partition }) => partition));
  if (missing.size === 0) reader.caughtUp();
  const consumer = kafka.consumer({ groupId: `access-watch-${randomUUID()}`, maxWaitTimeInMs: 500 });
  const givenUp = untilGivenUp(consumer);
  consumer.on(consumer.events.HEARTBEAT, () => reader.heartbeat());
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const running = consumer.run({
      eachMessage: async ({ partition, message }) => {
        const end = ends.get(partition) ?? 0n;
        const next = BigInt(message.offset) + 1n;
        reader.event(readMessage(message), next <= end);
        if (next >= end && missing.delete(partition) && missing.size === 0) reader.caughtUp();
      },
    });
    await Promise.race([givenUp, running]);
    givenUp.catch((error: Error) => reader.failed(error));
  } catch (error) {
    await consumer.disconnect();
    throw error;
  }
  return consumer;
}
