import type { Consumer } from 'kafkajs';

/**
 * Rejects when the client gives the consumer up for what does not pass by waiting, e.g. a right that was taken away. The client says
 * so in its log alone: `run` succeeds all the same, and whoever waits for messages would wait for ever.
 */
export function untilGivenUp(consumer: Consumer): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  // It may be long before anybody asks.
  promise.catch(() => undefined);
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) reject(error);
  });
  return promise;
}
