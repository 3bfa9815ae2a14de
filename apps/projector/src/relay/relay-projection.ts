import type { Logger } from 'pino';
import { systemClock } from '#kernel';
import { eventCodec, nameStreamPrefix } from '#event-catalog';
import {
  concernsRelay,
  EventRelay,
  KafkaPublisher,
  type KafkaSettings,
  publishingCost,
  type RelayLedger,
} from '#event-relay';
import type { EventStore, Position } from '#event-store';
import { CheckpointSignal } from '#projections';
import type { SchemaRegistry } from '#scim-protocol';
import type { HostedTarget } from '../projection-host.js';
import { neverReturned } from './never-returned.js';
import { forgetRelay, observeRelay } from './observe-relay.js';

/** By which its halts and its checkpoint are known. */
export const relayName = 'relay';

/** Between batches nothing is sent while the ledger answers; a batch and the messages of the next are in memory at a time. */
const batchSize = 1_024;

export interface RelayOptions {
  readonly store: EventStore;
  /** Where the log ended when the process started. */
  readonly startedAt: Position;
  /** Keeps how far the relay has come, and what is parked. */
  readonly ledger: RelayLedger;
  readonly settings: KafkaSettings;
  readonly registry: SchemaRegistry;
  readonly logger: Logger;
}

/** The relay as one of the projections that a process runs. */
export interface RunnableRelay {
  readonly projection: HostedTarget;
  /** To be called when nothing runs the projection any more; closes the ledger as well. */
  close(): Promise<void>;
}

/** @throws where the file of the brokers' certificate authority cannot be read. */
export function relayProjection({ store, startedAt, ledger, settings, registry, logger }: RelayOptions): RunnableRelay {
  const readEvent = eventCodec.decode.bind(eventCodec);
  const relay = new EventRelay({
    log: store,
    readEvent,
    ledger,
    publisher: new KafkaPublisher({ settings, logger }),
    clock: systemClock,
    observer: observeRelay(logger),
    withheld: neverReturned(registry),
  });
  const projection: HostedTarget = {
    name: relayName,
    log: store,
    readEvent,
    target: relay,
    progress: new CheckpointSignal(),
    startedAt,
    concerns: concernsRelay,
    passingBy: [nameStreamPrefix],
    readsAhead: true,
    costOf: publishingCost,
    batchSize,
    isAside: true,
  };
  return { projection, close: () => relay.close().finally(forgetRelay) };
}
