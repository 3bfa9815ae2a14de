import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type EachMessagePayload, Kafka, logLevel } from 'kafkajs';

/** A record as a consumer gets it. */
export interface ReceivedMessage {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  /** Null: a tombstone. */
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything that is in the topics now; in order within each partition. */
export async function readTopics(bootstrap: string, topics: readonly string[]): Promise<readonly ReceivedMessage[]> {
  const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const missing = await endsOf(kafka, topics);
  if (missing.size === 0) return [];
  const consumer = kafka.consumer({ groupId: randomUUID(), sessionTimeout: 30_000 });
  const messages: ReceivedMessage[] = [];
  const progress = new EventEmitter();
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    const finished = once(progress, 'finished');
    await consumer.run({
      eachBatch: async ({ batch }) => {
        for (const message of batch.messages) {
          const { topic, partition } = batch;
          messages.push(received({ topic, partition, message }));
        }
        const place = `${batch.topic}/${batch.partition}`;
        if (BigInt(batch.lastOffset()) + 1n >= (missing.get(place) ?? 0n)) missing.delete(place);
        if (missing.size === 0) progress.emit('finished');
      },
    });
    await finished;
  } finally {
    await consumer.disconnect();
  }
  return messages;
}

/** By `<topic>/<partition>`, where each ends that is not empty. */
async function endsOf(kafka: Kafka, topics: readonly string[]): Promise<Map<string, bigint>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = new Map<string, bigint>();
    for (const topic of topics) {
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
        if (BigInt(high) > BigInt(low)) ends.set(`${topic}/${partition}`, BigInt(high));
      }
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}

export function received({
  topic,
  partition,
  message,
}: Pick<EachMessagePayload, 'topic' | 'partition' | 'message'>): ReceivedMessage {
  return {
    topic,
    partition,
    key: String(message.key),
    value: message.value === null ? null : String(message.value),
    headers: Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])),
  };
}
