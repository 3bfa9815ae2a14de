import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { untilBrokersAnswer } from './until-brokers-answer.js';

/**
 * The relay makes the topics when it first starts, which may be later than this program does, and so may the brokers.
 * Whoever subscribes before is given no partitions, or an error.
 *
 * @param waiting is told once where there is something to wait for.
 */
export async function untilTopicsExist(kafka: Kafka, topics: readonly string[], waiting: () => void): Promise<void> {
  let isFirst = true;
  while (!(await untilBrokersAnswer(() => areReady(kafka, topics)))) {
    if (isFirst) waiting();
    isFirst = false;
    await pause(500);
  }
}

async function areReady(kafka: Kafka, wanted: readonly string[]): Promise<boolean> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const existing = await admin.listTopics();
    return wanted.every((topic) => existing.includes(topic)) && (await haveLeaders(admin, wanted));
  } finally {
    await admin.disconnect();
  }
}

/** A topic that has just been made may be listed before its partitions have leaders. */
async function haveLeaders(admin: Admin, wanted: readonly string[]): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...wanted] });
  return topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0));
}
