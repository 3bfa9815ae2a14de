import { Counter, Gauge } from 'prom-client';
import type { Logger } from 'pino';
import type { RelayObserver } from '#event-relay';

const messages = new Counter({
  name: 'relay_messages_total',
  help: 'Messages that the brokers have acknowledged since the process started',
});
const rejections = new Counter({
  name: 'relay_rejections_total',
  help: 'Batches that were not acknowledged, and are published again',
});
const parkedKeys = new Gauge({
  name: 'relay_parked_keys',
  help: 'Keys with a message that the brokers never take; a person must act',
});
const delay = new Gauge({
  name: 'relay_delay_seconds',
  help: 'Age of the last published event when it was published',
});

/** For a process that publishes no more: what another one has of it is for that one to say. */
export function forgetRelay(): void {
  parkedKeys.set(0);
  delay.set(0);
}

/** Tells of the relay by metrics, and in the log where a person must act or should know. */
export function observeRelay(logger: Logger): RelayObserver {
  return {
    published: (batch) => {
      messages.inc(batch.messages);
      if (batch.lastOccurredAt !== undefined) delay.set(Math.max(0, Date.now() - batch.lastOccurredAt) / 1_000);
    },
    rejected: (err) => {
      rejections.inc();
      logger.warn({ err }, 'the brokers have not taken a batch, it is published again');
    },
    parked: ({ key, reason }) => logger.error({ key, reason }, 'a key is parked and needs a person'),
    released: (key) => logger.info({ key }, 'a parked key is released'),
    parkedKeys: (count) => parkedKeys.set(count),
  };
}
