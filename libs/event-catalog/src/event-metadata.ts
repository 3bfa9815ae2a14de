import type { TenantId } from '#kernel';

/** Who and what caused an event. Stored as a flat map of strings (EventStoreDB's reserved names for correlation). */
export interface EventMetadata {
  readonly tenantId: TenantId;
  /** The credential the request came with, e.g. `credential:default`; or a process of ours, e.g. `process:membership-end`. */
  readonly actor: string;
  readonly requestId: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** When the command was taken, milliseconds since the Unix epoch. */
  readonly occurredAt: number;
}
