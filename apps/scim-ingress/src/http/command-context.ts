import { v7 as uuidV7 } from 'uuid';
import type { Clock, CommandId } from '#kernel';
import type { CommandContext } from '#command-handling';
import type { ScimRequest } from './scim-request.js';

/** What the events of a request's commands say of their cause. A bulk request makes one context per operation. */
export function commandContext({ user, id: requestId }: ScimRequest, clock: Clock): CommandContext {
  return {
    tenantId: user.tenantId,
    actor: user.actor,
    commandId: uuidV7() as CommandId,
    requestId,
    correlationId: requestId,
    causationId: requestId,
    occurredAt: clock.now(),
  };
}
