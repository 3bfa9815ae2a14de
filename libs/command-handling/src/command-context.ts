import type { CommandId, TenantId } from '#kernel';

/** Who wants something and why; every event of the command carries it. */
export interface CommandContext {
  readonly tenantId: TenantId;
  /** A UUID: event ids are derived from it. A UUIDv7 keeps them close together in the log's index. */
  readonly commandId: CommandId;
  /** Which credential, or which process of ours. */
  readonly actor: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** Milliseconds since the Unix epoch. */
  readonly occurredAt: number;
}
