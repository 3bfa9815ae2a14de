import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';

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
      for (const { partition, low, high } of await offsetsOf(admin, topic)) {
        ends.push({ topic, partition, low: BigInt(low), high: BigInt(high) });
      }
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/** The leader of a partition may not know yet, or not any more, that it leads. */
async function offsetsOf(admin: Admin, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      const { retriable } = error as { readonly retriable?: boolean };
      if (retriable !== true || attempt === 20) throw error;
      await pause(250);
    }
  }
}
