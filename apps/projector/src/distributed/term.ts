import type { Logger } from 'pino';
import type { KafkaSettings } from '#event-relay';
import type { EventStore, Position } from '#event-store';
import type { HaltRecord, Lease, SourceLog } from '#projections';
import { PostgresHalts } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import type { ProjectionHost } from '../projection-host.js';

export interface LeadershipOptions {
  readonly store: EventStore & { readonly identity: string };
  /** `DATABASE_URL` */
  readonly database: string;
  readonly registry: SchemaRegistry;
  /** Undefined: nothing is published. */
  readonly kafka: KafkaSettings | undefined;
  readonly logger: Logger;
}

/** Who does what of the projectors that run at a time, which may be of several releases. */
export interface Leases {
  /** One a code version: keeps up the generations of it. */
  readonly view: Lease;
  /** One for all: ends memberships and publishes. */
  readonly processes: Lease;
}

/** What the projections of one term of leadership have in common. */
export interface Term extends LeadershipOptions {
  /** Where the log ended when the term began. */
  readonly startedAt: Position;
  /** What a projection builds from, and whom it tells that it builds anew. */
  readonly source: (projection: string) => { readonly log: SourceLog; readonly discarded: (reason: string) => void };
  /** Where it is written down which projections have stopped. */
  readonly halts: HaltRecord;
  /** Closes what the projections hold, in reverse, once they have stopped. */
  readonly resources: AsyncDisposableStack;
  /** What runs at present, to be asked how it is. */
  readonly running: Set<ProjectionHost>;
}

/** @throws EventStoreUnavailable */
export async function beginTerm(
  options: LeadershipOptions,
  resources: AsyncDisposableStack,
  running: Set<ProjectionHost>,
): Promise<Term> {
  const { store, logger } = options;
  const startedAt = await store.head();
  const halts = new PostgresHalts(options.database);
  resources.defer(() => halts.close());
  return {
    ...options,
    startedAt,
    halts,
    resources,
    running,
    source: (projection) => ({
      log: store,
      discarded: (reason) => logger.warn({ projection, reason }, 'projection starts over, from the whole log'),
    }),
  };
}
