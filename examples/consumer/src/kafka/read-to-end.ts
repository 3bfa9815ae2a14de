import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { type ProvisioningMessage, readMessage } from '../contract/provisioning-message.js';
import { endsOf } from './ends-of.js';
import { untilGivenUp } from './until-given-up.js';

/** Hands over everything that is in the topics by now, in order within a partition. */
export async function readToEnd(
  kafka: Kafka,
  topics: readonly string[],
  take: (message: ProvisioningMessage) => void,
): Promise<void> {
  const missing = new Map<string, bigint>();
  for (const { topic, partition, low, high } of await endsOf(kafka, topics)) {
    if (high > low) missing.set(`${topic}/${partition}`, high);
  }
  if (missing.size === 0) return;
  // A group of its own: what is read here is read anew at every start.
  const consumer = kafka.consumer({ groupId: `access-watch-${randomUUID()}` });
  const givenUp = untilGivenUp(consumer);
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachBatch: async ({ batch }) => {
        for (const message of batch.messages) take(readMessage(message));
        const place = `${batch.topic}/${batch.partition}`;
        // The last offset also counts what compaction has removed.
        if (BigInt(batch.lastOffset()) + 1n >= (missing.get(place) ?? 0n)) missing.delete(place);
        if (missing.size === 0) resolve();
      },
    });
    await Promise.race([finished, givenUp]);
  } finally {
    await consumer.disconnect();
  }
}
