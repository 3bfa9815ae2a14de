import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';

/** The product makes its topics when it first publishes, which may be later than this program starts. */
export async function untilTopicsExist(kafka: Kafka, topics: readonly string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    while (!(await areReady(admin, topics))) await pause(500);
  } finally {
    await admin.disconnect();
  }
}

/** A topic that has just been made may be listed before its partitions have leaders. */
async function areReady(admin: Admin, wanted: readonly string[]): Promise<boolean> {
  const existing = await admin.listTopics();
  if (!wanted.every((topic) => existing.includes(topic))) return false;
  const { topics } = await admin.fetchTopicMetadata({ topics: [...wanted] });
  return topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0));
}
