import { randomUUID } from 'node:crypto';
import { type Consumer, Kafka, logLevel } from 'kafkajs';

/** When messages reach a consumer, by `performance.now`. */
export class Arrivals {
  readonly #awaited = new Map<string, (at: number) => void>();

  /** @param key of the message. */
  of(key: string): Promise<number> {
    return new Promise((resolve) => this.#awaited.set(key, resolve));
  }

  /** Begins with what comes from now on. */
  async follow(bootstrap: string, topic: string): Promise<Consumer> {
    const consumer = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING }).consumer({
      groupId: randomUUID(),
      maxWaitTimeInMs: 100,
    });
    const { promise: joined, resolve } = Promise.withResolvers<void>();
    consumer.on(consumer.events.FETCH, () => resolve());
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({
      eachMessage: async ({ message }) => this.#awaited.get(String(message.key))?.(performance.now()),
    });
    // Where it begins is settled once it has fetched.
    await joined;
    return consumer;
  }
}
