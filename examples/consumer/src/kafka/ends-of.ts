import type { Kafka } from 'kafkajs';

export interface PartitionEnd {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  /** Offset of the next message. */
  readonly high: bigint;
}

export async function endsOf(kafka: Kafka, topics: readonly string[]): Promise<readonly PartitionEnd[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends: PartitionEnd[] = [];
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        ends.push({ topic, partition, low: BigInt(low), high: BigInt(high) });
      }
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}
