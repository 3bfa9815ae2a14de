import { systemClock } from '#kernel';
import { eventCodec } from '#event-catalog';
import {
  concernsRelay,
  EventRelay,
  type KafkaSettings,
  KafkaPublisher,
  openPostgresRelayLedger,
  publishingCost,
} from '#event-relay';
import { CheckpointSignal } from '#projections';
import type { HostedProjection } from '../projection-host.js';
import type { Term } from './term.js';
import { observeRelay } from './relay-metrics.js';

/** Publishes the log to Kafka; how far it has come, and what is parked, it keeps in PostgreSQL. */
export function relayProjection(
  { store, database, logger, startedAt, source, resources }: Term,
  settings: KafkaSettings,
): HostedProjection {
  const readEvent = eventCodec.decode.bind(eventCodec);
  const relay = new EventRelay({
    log: store,
    readEvent,
    ledger: openPostgresRelayLedger({ url: database, log: source('relay').log }),
    publisher: new KafkaPublisher({ settings, logger }),
    clock: systemClock,
    observer: observeRelay(logger),
  });
  resources.defer(() => relay.close());
  return {
    name: 'relay',
    log: store,
    readEvent,
    target: relay,
    progress: new CheckpointSignal(),
    startedAt,
    concerns: concernsRelay,
    costOf: publishingCost,
  };
}
