import { randomUUID } from 'node:crypto';
import { type Clock, type CommandId, timeOrderedUuid } from '#kernel';
import type { CommandContext } from '#command-handling';
import type { ScimRequest } from './scim-request.js';

/** What the events of a request's commands say of their cause. A bulk request makes one context per operation. */
export function commandContext({ user, id: requestId }: ScimRequest, clock: Clock): CommandContext {
  const occurredAt = clock.now();
  return {
    tenantId: user.tenantId,
    actor: user.actor,
    commandId: timeOrderedUuid(occurredAt, randomUUID()) as CommandId,
    requestId,
    correlationId: requestId,
    causationId: requestId,
    occurredAt,
  };
}
