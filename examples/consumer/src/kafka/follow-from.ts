import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { type ProvisioningMessage, readMessage } from '../contract/provisioning-message.js';
import type { PartitionEnd } from './ends-of.js';

/** Hands over what comes after these ends, one message at a time, until the consumer is disconnected. */
export async function followFrom(
  kafka: Kafka,
  ends: readonly PartitionEnd[],
  take: (message: ProvisioningMessage) => Promise<void>,
): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId: `access-watch-${randomUUID()}`, maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...new Set(ends.map(({ topic }) => topic))] });
  await consumer.run({ eachMessage: ({ message }) => take(readMessage(message)) });
  for (const { topic, partition, high } of ends) consumer.seek({ topic, partition, offset: String(high) });
  return consumer;
}
