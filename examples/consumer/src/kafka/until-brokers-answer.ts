import { setTimeout as pause } from 'node:timers/promises';

/** Passing failures that the client does not call so, since it has tried for a while by itself. */
const givenUp: ReadonlySet<unknown> = new Set(['KafkaJSNumberOfRetriesExceeded', 'KafkaJSGroupCoordinatorNotFound']);

/** Does the work again for as long as the brokers are away or not ready. @throws what does not pass by waiting, e.g. a refused login. */
export async function untilBrokersAnswer<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const { retriable, name } = error as { readonly retriable?: boolean; readonly name?: string };
      if (retriable !== true && !givenUp.has(name)) throw error;
      await pause(500);
    }
  }
}
