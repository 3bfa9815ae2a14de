import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

const type = 'user.deactivated.v1';

/** Hears of deactivated users as a downstream service does. */
export class Deactivations {
  readonly #awaited = new Map<string, (at: number) => void>();

  private constructor(private readonly disconnect: () => Promise<void>) {}

  /** Begins with what comes from now on. */
  static async follow(brokers: string, topic: string): Promise<Deactivations> {
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    const heard = new Deactivations(() => consumer.disconnect());
    const { promise: joined, resolve } = Promise.withResolvers<void>();
    consumer.on(consumer.events.FETCH, () => resolve());
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({
      eachMessage: async ({ message: { key, headers } }) => {
        if (String(headers?.['ce_type']) === type) heard.#awaited.get(String(key))?.(performance.now());
      },
    });
    // Where it begins is settled once it has fetched.
    await joined;
    return heard;
  }

  /** When the user's deactivation is heard of, by `performance.now`. @param id of a user of the default tenant. */
  of(id: string): Promise<number> {
    return new Promise((resolve) => this.#awaited.set(`default:${id}`, resolve));
  }

  stop(): Promise<void> {
    return this.disconnect();
  }
}
