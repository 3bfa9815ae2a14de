import type { Logger } from 'pino';
import type { KafkaSettings } from '#event-relay';
import type { EventStore, Position } from '#event-store';
import type { SourceLog } from '#projections';
import type { SchemaRegistry } from '#scim-protocol';

export interface LeadershipOptions {
  readonly store: EventStore & { readonly identity: string };
  /** `DATABASE_URL` */
  readonly database: string;
  readonly registry: SchemaRegistry;
  /** Undefined: nothing is published. */
  readonly kafka: KafkaSettings | undefined;
  readonly logger: Logger;
}

/** What the projections of one term of leadership have in common. */
export interface Term extends LeadershipOptions {
  /** Where the log ended when the term began. */
  readonly startedAt: Position;
  /** What a projection builds from, and whom it tells that it builds anew. */
  readonly source: (projection: string) => { readonly log: SourceLog; readonly discarded: (reason: string) => void };
  /** Closes what the projections hold, in reverse, once they have stopped. */
  readonly resources: AsyncDisposableStack;
}
